// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Files of one format as they were parsed, so that a file is read again only when stat(2) says something else of it.
struct ParsedFiles<File: DeclaringFile> {
    private var known: [HashedPath: Parsed] = [:]
    private var used: [HashedPath: Parsed] = [:]

    private struct Parsed {
        let stamp: FileStamp
        let isSettled: Bool
        let file: File
    }

    /// Reads and parses a file, unless it is known to be as it was.
    ///
    /// - Parameter stat: what stat(2) says of the path now.
    /// - Returns: the file, and whether a later change is sure to be seen.
    /// - Throws: the errno of open(2) or read(2).
    mutating func file(
        _ path: FilePath, _ stat: Stat, _ parse: (FilePath, [UInt8]) -> File
    ) throws(Errno) -> (file: File, isSettled: Bool) {
        let key = HashedPath(path)
        if let parsed = known[key], parsed.isSettled, parsed.stamp == FileStamp(stat) {
            used[key] = parsed
            return (parsed.file, true)
        }
        let tick = Clock.lastTick()
        // One byte more than the parser takes, so that it sees that there is too much.
        let (text, stat) = try Files.readWithStat(path, limit: ConfigFile.maximumSize + 1)
        let stamp = FileStamp(stat)
        let parsed = Parsed(stamp: stamp, isSettled: stamp.isSettled(at: tick), file: parse(path, text))
        used[key] = parsed
        return (parsed.file, parsed.isSettled)
    }

    /// Forgets the files that were not asked for since the last call.
    mutating func forgetUnused() {
        known = used
        used = [:]
    }
}
