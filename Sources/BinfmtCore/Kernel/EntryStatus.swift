// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The kernel's text of an entry (`entry_status` in `fs/binfmt_misc.c`).
///
/// Later kernels may print lines and flags that this version does not know. They are kept to be shown, and an entry
/// that has them never equals a declared one. The same holds for a line that is repeated or out of place: the kernel prints
/// an interpreter or an extension as it was registered, and one with a line break could pass for other lines. A text with
/// such lines is never malformed, because a later kind of entry may lack the lines of the known ones.
package struct EntryStatus: Hashable, Sendable {
    package let isEnabled: Bool
    /// Nil for an entry of type `B`, whose handler chooses, and where the text has none.
    package let interpreter: FilePath?
    package let flags: EntryFlags
    /// Nil where only lines that this version does not know tell it.
    package let recognition: Recognition?
    /// Flag letters that this version does not know, as printed.
    package let unknownFlags: String
    /// Lines that this version does not know, or not there, as printed.
    package let unknownLines: [String]

    /// Whether this version knows everything that the kernel printed.
    package var isFullyUnderstood: Bool { unknownFlags.isEmpty && unknownLines.isEmpty && recognition != nil }

    /// - Parameter text: the content of the entry's file.
    /// - Throws: what is missing or invalid.
    package init(parsing text: [UInt8]) throws(Malformed) {
        var paths = RecentPath()
        try self.init(parsing: text[...], &paths)
    }

    /// One of many texts, whose interpreters are often the same.
    package init(parsing text: ArraySlice<UInt8>, _ paths: inout RecentPath) throws(Malformed) {
        try self.init(parsing: text.span, &paths)
    }

    private init(parsing text: Span<UInt8>, _ paths: inout RecentPath) throws(Malformed) {
        var isEnabled: Bool?
        var interpreter: FilePath?
        var flags: EntryFlags = []
        var unknownFlags = ""
        var offset = 0
        var magic: [UInt8]?
        var mask: [UInt8]?
        var filenameExtension: FilenameExtension?
        var handler: [UInt8]?
        var bound: [BPFHandler.Interpreter] = []
        var unknownLines: [String] = []

        var order = LineOrder()
        var position = 0
        while position < text.count {
            let line = text.extracting(text.line(from: position))
            position += line.count + 1
            if line.isEqual(to: "enabled"), order.advance(to: .state) {
                isEnabled = true
            } else if line.isEqual(to: "disabled"), order.advance(to: .state) {
                isEnabled = false
            } else if let path = line.range(after: "interpreter "), order.advance(to: .interpreter) {
                interpreter = paths.path(line.extracting(path))
            } else if let name = line.range(after: "bpf "), order.advance(to: .interpreter) {
                handler = line.extracting(name).array
            } else if handler != nil, let words = line.range(after: "bpf-interpreter "), order.last == .interpreter,
                let interpreter = BPFHandler.Interpreter(line.extracting(words).array)
            {
                bound.append(interpreter)
            } else if let letters = line.range(after: "flags: ") ?? line.range(after: "flags:"),
                order.advance(to: .flags)
            {
                for index in letters {
                    if let flag = EntryFlags.Flag(letter: line[index]) {
                        flags.insert(EntryFlags(flag))
                    } else {
                        unknownFlags.unicodeScalars.append(Unicode.Scalar(line[index]))
                    }
                }
            } else if let digits = line.range(after: "offset "), order.advance(to: .offset) {
                let text = String(decoding: line.extracting(digits).array, as: UTF8.self)
                guard handler == nil, let value = Int(text) else { throw .unreadable("offset") }
                offset = value
            } else if let digits = line.range(after: "magic "), order.advance(to: .magic) {
                guard let bytes = [UInt8](hex: line.extracting(digits)) else { throw .unreadable("magic") }
                magic = bytes
            } else if let digits = line.range(after: "mask "), order.advance(to: .mask) {
                guard let bytes = [UInt8](hex: line.extracting(digits)) else { throw .unreadable("mask") }
                mask = bytes
            } else if let name = line.range(after: "extension ."), magic == nil, order.advance(to: .filenameExtension) {
                filenameExtension = FilenameExtension(observed: line.extracting(name).array)
            } else {
                unknownLines.append(line.isEmpty ? "an empty line" : line.array.printable)
            }
        }

        guard let isEnabled else { throw .missing("enabled or disabled") }
        if interpreter == nil, handler == nil, unknownLines.isEmpty { throw .missing("interpreter") }
        self.isEnabled = isEnabled
        self.interpreter = interpreter
        self.flags = flags
        self.unknownFlags = unknownFlags
        self.unknownLines = unknownLines
        if let handler {
            recognition = .handler(BPFHandler(name: handler, interpreters: bound))
        } else if let filenameExtension {
            recognition = .filenameExtension(filenameExtension)
        } else if let magic {
            do { recognition = .magic(try MagicPattern(offset: offset, magic: magic, mask: mask)) } catch {
                throw .impossible(error)
            }
        } else if unknownLines.isEmpty {
            throw .missing("magic or extension")
        } else {
            recognition = nil
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

/// How far a text has come: the kernel prints each line at most once, in this order.
private struct LineOrder {
    enum Line: Int {
        case state = 1
        case interpreter, flags, offset, magic, mask, filenameExtension
    }

    private(set) var last: Line?

    /// - Returns: false for a line that is repeated or out of place.
    mutating func advance(to line: Line) -> Bool {
        if let last, line.rawValue <= last.rawValue { return false }
        last = line
        return true
    }
}

extension BPFHandler.Interpreter {
    /// - Parameter words: a name and a path, which may have blanks.
    fileprivate init?(_ words: [UInt8]) {
        guard let blank = words.firstIndex(of: UInt8(ascii: " ")), blank > 0 else { return nil }
        self.init(name: Array(words[..<blank]), path: FilePath(bytes: words[(blank + 1)...]))
    }
}

extension Span<UInt8> {
    /// The bytes up to the next newline.
    fileprivate func line(from start: Int) -> Range<Int> {
        var end = start
        while end < count, self[end] != UInt8(ascii: "\n") { end += 1 }
        return start..<end
    }

    /// Whether the bytes are this text.
    fileprivate func isEqual(to text: StaticString) -> Bool { range(after: text)?.isEmpty == true }

    /// What follows `prefix`; nil if it does not begin with that.
    fileprivate func range(after prefix: StaticString) -> Range<Int>? {
        let length = prefix.utf8CodeUnitCount
        guard count >= length else { return nil }
        let start = UnsafeBufferPointer(start: prefix.utf8Start, count: length)
        for index in 0..<length where self[index] != start[index] { return nil }
        return length..<count
    }
}
