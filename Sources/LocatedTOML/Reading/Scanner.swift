// SPDX-License-Identifier: Apache-2.0

/// The bytes of a file, with the reading position. Extensions read the parts of the grammar.
///
/// The position costs no second pass: each byte that does not begin a character moves `columnBase`, so that the column
/// is a subtraction.
struct Scanner {
    let bytes: [UInt8]
    let version: TOMLVersion
    let limits: TOMLLimits
    private(set) var offset = 0
    private var line = 1
    /// The offset that column 1 of this line would have if each of its characters so far took one byte.
    private var columnBase = 0

    /// Skips a byte order mark, as the section "Spec" of the specification permits.
    init(_ bytes: [UInt8], _ version: TOMLVersion, _ limits: TOMLLimits) {
        self.bytes = bytes
        self.version = version
        self.limits = limits
        guard bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
        offset = 3
        columnBase = 3
    }

    var position: SourcePosition { SourcePosition(line: line, column: offset - columnBase + 1) }

    /// The text from a place, where the scanner was, to here.
    func span(from start: SourcePosition, _ startOffset: Int) -> SourceSpan {
        SourceSpan(start: start, bytes: startOffset..<offset)
    }

    /// The next byte, nil at the end of the file.
    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// The byte this far after the next one.
    func peek(_ distance: Int) -> UInt8? { offset + distance < bytes.count ? bytes[offset + distance] : nil }

    /// Skips that many bytes, all of them ASCII and none a line feed.
    mutating func skip(_ count: Int = 1) { offset += count }

    /// Skips the byte if it comes next; it must be ASCII and not a line feed.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        offset += 1
        return true
    }

    /// Skips tabs and blanks (`ws` of the grammar).
    mutating func skipBlanks() {
        while offset < bytes.count, bytes[offset].isBlank { offset += 1 }
    }

    /// Skips LF or CR LF.
    mutating func skipLineEnd() -> Bool {
        if next == .lineFeed {
            offset += 1
        } else if next == .carriageReturn, peek(1) == .lineFeed {
            offset += 2
        } else {
            return false
        }
        line += 1
        columnBase = offset
        return true
    }

    /// Skips characters of a string or a comment that need no attention.
    mutating func skipPlainText() {
        while offset < bytes.count, bytes[offset].isOrdinary { offset += 1 }
    }

    /// Skips one character that a comment or a string may contain, other than a line end.
    ///
    /// - Throws: ``TOMLError/Reason/invalidUTF8``, ``TOMLError/Reason/bareCarriageReturn`` or
    ///   ``TOMLError/Reason/controlCharacter(_:)``.
    mutating func skipText() throws(TOMLError) {
        guard let byte = next else { return }
        if byte.isPrintableASCII || byte == .tab {
            offset += 1
        } else if byte >= 0x80 {
            let length = utf8Length
            guard length > 0 else { throw error(.invalidUTF8) }
            offset += length
            columnBase += length - 1
        } else if byte == .carriageReturn {
            throw error(.bareCarriageReturn)
        } else {
            throw error(.controlCharacter(Unicode.Scalar(byte)))
        }
    }

    /// Skips blanks, a comment and the line end, or the end of the file.
    mutating func skipLineRest() throws(TOMLError) {
        skipBlanks()
        try skipComment()
        guard !skipLineEnd(), offset < bytes.count else { return }
        throw unexpected(.lineEnd)
    }

    /// Skips a comment, if one comes next, up to its line end (section "Comment").
    mutating func skipComment() throws(TOMLError) {
        guard next == .hash else { return }
        while let byte = next, byte != .lineFeed, byte != .carriageReturn || peek(1) != .lineFeed {
            try skipText()
            skipPlainText()
        }
    }

    /// Continues at the start of a later line; the scanner is at the start of a line.
    mutating func jump(toLineAt target: Int) {
        for byte in bytes[offset..<target] where byte == .lineFeed { line += 1 }
        offset = target
        columnBase = target
    }
}

extension Scanner {
    func error(_ reason: TOMLError.Reason) -> TOMLError { TOMLError(position: position, reason: reason) }

    /// The error for text that the grammar does not expect. Text that no file may contain is the more serious error.
    func unexpected(_ expected: TOMLError.Expected) -> TOMLError {
        var ahead = self
        guard !ahead.skipLineEnd() else { return error(.unexpected("\n", expected: expected)) }
        do { try ahead.skipText() } catch { return error }
        return error(.unexpected(text(offset..<ahead.offset), expected: expected))
    }

    /// The text between two offsets, which lie between characters that were read.
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The length in bytes of the well-formed UTF-8 sequence that comes next, 0 if it is not one: table 3-7 of the
    /// Unicode Standard, which excludes overlong forms, surrogates and values above U+10FFFF.
    private var utf8Length: Int {
        guard let first = next, let second = peek(1) else { return 0 }
        let isSecondFit =
            switch first {
            case 0xE0: 0xA0...0xBF ~= second
            case 0xED: 0x80...0x9F ~= second
            case 0xF0: 0x90...0xBF ~= second
            case 0xF4: 0x80...0x8F ~= second
            default: second.isUTF8Continuation
            }
        guard isSecondFit else { return 0 }
        switch first {
        case 0xC2...0xDF: return 2
        case 0xE0...0xEF: return peek(2)?.isUTF8Continuation == true ? 3 : 0
        case 0xF0...0xF4:
            return peek(2)?.isUTF8Continuation == true && peek(3)?.isUTF8Continuation == true ? 4 : 0
        default: return 0
        }
    }
}

extension String {
    /// The text, cut for an error after 40 scalars.
    var excerpt: String {
        let start = unicodeScalars.prefix(40)
        return start.endIndex == unicodeScalars.endIndex ? self : String(start) + "…"
    }
}
