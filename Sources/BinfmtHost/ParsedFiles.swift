// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the texts of files came to, so that of thousands of files the one that was edited is parsed, and no other.
struct ParsedFiles {
    private var before: [FilePath: (text: [UInt8], file: Any)] = [:]
    private var now: [FilePath: (text: [UInt8], file: Any)] = [:]

    /// What a file's text means, by what was found before if it is still the same text.
    mutating func file<File>(_ path: FilePath, text: [UInt8], _ parse: (FilePath, [UInt8]) -> File) -> File {
        let known = before[path].flatMap { $0.text == text ? $0.file as? File : nil }
        let file = known ?? parse(path, text)
        now[path] = (text, file)
        return file
    }

    /// What is worth keeping for the next reading: whatever was asked for since the last.
    var used: ParsedFiles {
        var next = ParsedFiles()
        next.before = now
        return next
    }
}
