// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// What the texts of files came to, so that of thousands of files the one that was edited is read and parsed, and no
/// other.
struct ParsedFiles {
    private var before: [HashedPath: Parsed] = [:]
    private var now: [HashedPath: Parsed] = [:]

    private struct Parsed {
        let text: [UInt8]
        let file: Any
        /// Whether the file may say something else now.
        var isDoubtful = false
    }

    /// What a file means, if it still does.
    mutating func known<File>(_ path: FilePath) -> File? {
        guard let known = before[HashedPath(path)], !known.isDoubtful, let file = known.file as? File else {
            return nil
        }
        now[HashedPath(path)] = known
        return file
    }

    /// What a file's text means, by what was found before if it is still the same text.
    mutating func file<File>(_ path: FilePath, text: [UInt8], _ parse: (FilePath, [UInt8]) -> File) -> File {
        let known = before[HashedPath(path)].flatMap { $0.text == text ? $0.file as? File : nil }
        let file = known ?? parse(path, text)
        now[HashedPath(path)] = Parsed(text: text, file: file)
        return file
    }

    /// To be called when a file may have changed.
    mutating func doubt(_ path: FilePath) { before[HashedPath(path)]?.isDoubtful = true }

    /// To be called when any may have.
    mutating func doubtAll() { for path in before.keys { before[path]?.isDoubtful = true } }

    /// What is worth keeping for the next reading: whatever was asked for since the last.
    var used: ParsedFiles {
        var next = ParsedFiles()
        next.before = now
        return next
    }
}
