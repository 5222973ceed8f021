// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The kernel's text of an entry (`entry_status` in `fs/binfmt_misc.c`).
///
/// Later kernels may print lines and flags that this version does not know. They are kept to be shown, and an entry
/// that has them never equals a declared one.
package struct EntryStatus: Hashable, Sendable {
    package let isEnabled: Bool
    package let interpreter: FilePath
    package let flags: EntryFlags
    package let recognition: Recognition
    /// Flag letters that this version does not know, as printed.
    package let unknownFlags: String
    /// Lines that this version does not know, as printed.
    package let unknownLines: [String]

    /// Whether this version knows everything that the kernel printed.
    package var isFullyUnderstood: Bool { unknownFlags.isEmpty && unknownLines.isEmpty }

    /// - Parameter text: the content of the entry's file.
    /// - Throws: what is missing or invalid.
    package init(parsing text: [UInt8]) throws(Malformed) {
        var paths = RecentPath()
        try self.init(parsing: text[...], &paths)
    }

    /// One of many texts, whose interpreters are often the same.
    package init(parsing text: ArraySlice<UInt8>, _ paths: inout RecentPath) throws(Malformed) {
        self = try text.withUnsafeBufferPointer { bytes throws(Malformed) in
            try EntryStatus(parsing: bytes[...], &paths)
        }
    }

    /// A part of the text; not an ArraySlice, because its reference counts took a third of the time.
    fileprivate typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    private init(parsing text: Bytes, _ paths: inout RecentPath) throws(Malformed) {
        var isEnabled: Bool?
        var interpreter: FilePath?
        var flags: EntryFlags = []
        var unknownFlags = ""
        var offset = 0
        var magic: [UInt8]?
        var mask: [UInt8]?
        var filenameExtension: FilenameExtension?
        var unknownLines: [String] = []

        var rest = text
        while let line = rest.removeFirstLine() {
            if line.isEmpty {
                continue
            } else if line.dropping("enabled")?.isEmpty == true {
                isEnabled = true
            } else if line.dropping("disabled")?.isEmpty == true {
                isEnabled = false
            } else if let path = line.dropping("interpreter "), interpreter == nil {
                interpreter = paths.path(path)
            } else if let letters = line.dropping("flags: ") ?? line.dropping("flags:") {
                for letter in letters {
                    if let flag = EntryFlags.Flag(letter: letter) {
                        flags.insert(EntryFlags(flag))
                    } else {
                        unknownFlags.unicodeScalars.append(Unicode.Scalar(letter))
                    }
                }
            } else if let digits = line.dropping("offset ") {
                guard let value = Int(String(decoding: digits, as: UTF8.self)) else { throw .unreadable("offset") }
                offset = value
            } else if let digits = line.dropping("magic ") {
                guard let bytes = [UInt8](hex: digits) else { throw .unreadable("magic") }
                magic = bytes
            } else if let digits = line.dropping("mask ") {
                guard let bytes = [UInt8](hex: digits) else { throw .unreadable("mask") }
                mask = bytes
            } else if let name = line.dropping("extension .") {
                filenameExtension = FilenameExtension(observed: name)
            } else {
                unknownLines.append(line.printable)
            }
        }

        guard let isEnabled else { throw .missing("enabled or disabled") }
        guard let interpreter else { throw .missing("interpreter") }
        self.isEnabled = isEnabled
        self.interpreter = interpreter
        self.flags = flags
        self.unknownFlags = unknownFlags
        self.unknownLines = unknownLines
        if let filenameExtension {
            recognition = .filenameExtension(filenameExtension)
        } else if let magic {
            do { recognition = .magic(try MagicPattern(offset: offset, magic: magic, mask: mask)) } catch {
                throw .impossible(error)
            }
        } else {
            throw .missing("magic or extension")
        }
    }

    /// Why a text is not understood.
    package enum Malformed: Error, Hashable, CustomStringConvertible {
        case missing(String)
        case unreadable(String)
        case impossible(MagicPattern.Invalid)

        package var description: String {
            switch self {
            case .missing(let what): "the kernel's text has no line with \(what)"
            case .unreadable(let what): "the kernel's text has an unreadable \(what)"
            case .impossible(let reason): "the kernel's text: \(reason)"
            }
        }
    }
}

extension EntryStatus.Bytes {
    /// Takes away the first line, without its newline; nil if nothing is left.
    fileprivate mutating func removeFirstLine() -> EntryStatus.Bytes? {
        guard !isEmpty else { return nil }
        let line = prefix { $0 != UInt8(ascii: "\n") }
        self = self[line.endIndex...].dropFirst()
        return line
    }

    /// What follows `prefix`; nil if it does not begin with that. Not the generic `starts(with:)`, which took a tenth of
    /// a pass over a thousand entries.
    fileprivate func dropping(_ prefix: StaticString) -> EntryStatus.Bytes? {
        guard count >= prefix.utf8CodeUnitCount else { return nil }
        var position = startIndex
        for byte in UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount) {
            if self[position] != byte { return nil }
            position += 1
        }
        return self[position...]
    }
}
