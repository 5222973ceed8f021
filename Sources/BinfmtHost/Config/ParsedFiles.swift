// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// A cache of parsed files of one format: a file is read again only if its stat(2) result has changed.
struct ParsedFiles<File: DeclaringFile> {
    private var known: [HashedPath: Parsed] = [:]
    private var used: [HashedPath: Parsed] = [:]

    private struct Parsed {
        let stamp: FileStamp
        let isSettled: Bool
        let file: File
    }

    /// Reads and parses a file, unless it is known to be unchanged.
    ///
    /// - Parameter stat: the path's current stat(2) result.
    /// - Returns: the file, and whether every later change will be noticed.
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
        let (text, stat) = try Files.readWithStat(path, limit: ConfigFile.readLimit)
        let stamp = FileStamp(stat)
        let parsed = Parsed(stamp: stamp, isSettled: stamp.isSettled(at: tick), file: parse(path, text))
        used[key] = parsed
        return (parsed.file, parsed.isSettled)
    }

    /// Drops the files that were not requested since the last call.
    mutating func forgetUnused() {
        known = used
        used = [:]
    }
}
