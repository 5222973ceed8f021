// SPDX-License-Identifier: Apache-2.0

/// Strings: section "String" of the specification.
extension Scanner {
    /// Reads a string of any of the four kinds; its opening quote comes next.
    mutating func readString() throws(TOMLError) -> String {
        guard let quote = next, peek(1) == quote, peek(2) == quote else { return try readLineString() }
        return try readMultilineString()
    }

    /// Reads a single-line string, in double quotes (with escapes) or in single quotes (without).
    mutating func readLineString() throws(TOMLError) -> String {
        let opening = position
        let quote = next
        skip()
        var content = StringContent(from: offset)
        while let byte = next, byte != .lineFeed, byte != .carriageReturn || peek(1) != .lineFeed {
            if byte == quote {
                let string = content.string(to: self)
                skip()
                return string
            } else if byte == .backslash, quote == .quote {
                content.take(to: self)
                content.append(try readEscape())
                content.start = offset
            } else {
                try skipText()
                skipPlainText()
            }
        }
        throw TOMLError(position: opening, reason: .unterminatedString)
    }

    /// Reads a string between triple quotes. A line end right after the opening is dropped. CR LF is read as LF, so
    /// that a string does not depend on how the file was saved; the specification leaves that to the reader.
    private mutating func readMultilineString() throws(TOMLError) -> String {
        let opening = position
        let quote = next
        skip(3)
        _ = skipLineEnd()
        var content = StringContent(from: offset)
        while let byte = next {
            if byte == quote, peek(1) == quote, peek(2) == quote {
                // Of four or five quotes the last three close the string.
                for _ in 0..<2 where peek(3) == quote { skip() }
                let string = content.string(to: self)
                skip(3)
                return string
            } else if byte == .backslash, quote == .quote {
                content.take(to: self)
                if !skipEscapedLineEnd() { content.append(try readEscape()) }
                content.start = offset
            } else if byte == .carriageReturn, peek(1) == .lineFeed {
                content.take(to: self)
                skip()
                content.start = offset
            } else if byte == .lineFeed {
                _ = skipLineEnd()
            } else {
                try skipText()
                skipPlainText()
            }
        }
        throw TOMLError(position: opening, reason: .unterminatedString)
    }

    /// Skips a backslash at the end of a line and all blanks and line ends that follow (`mlb-escaped-nl`).
    mutating func skipEscapedLineEnd() -> Bool {
        var ahead = self
        ahead.skip()
        ahead.skipBlanks()
        guard ahead.skipLineEnd() else { return false }
        repeat { ahead.skipBlanks() } while ahead.skipLineEnd()
        self = ahead
        return true
    }

    /// Reads an escape sequence; its backslash comes next.
    mutating func readEscape() throws(TOMLError) -> Unicode.Scalar {
        let scalar: Unicode.Scalar
        switch peek(1) {
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "e") where version != .v1_0: scalar = "\u{1B}"
        case UInt8(ascii: "x") where version != .v1_0: return try readCodePoint(digitCount: 2)
        case .quote: scalar = "\""
        case .backslash: scalar = "\\"
        case UInt8(ascii: "u"): return try readCodePoint(digitCount: 4)
        case UInt8(ascii: "U"): return try readCodePoint(digitCount: 8)
        default:
            var ahead = self
            ahead.skip()
            try ahead.skipText()
            throw error(.invalidEscape(text(offset..<ahead.offset)))
        }
        skip(2)
        return scalar
    }

    /// Reads `\xHH`, `\uHHHH` or `\UHHHHHHHH`, which must be a Unicode scalar value: no surrogate, nothing above U+10FFFF.
    private mutating func readCodePoint(digitCount: Int) throws(TOMLError) -> Unicode.Scalar {
        var value: UInt32 = 0
        var length = 2
        while length < digitCount + 2, let digit = peek(length)?.digit(radix: 16) {
            value = value << 4 | UInt32(digit)
            length += 1
        }
        guard length == digitCount + 2, let scalar = Unicode.Scalar(value) else {
            throw error(.invalidEscape(text(offset..<offset + length)))
        }
        skip(length)
        return scalar
    }
}

/// The content of a string so far. One without escapes is cut from the file in one piece.
private struct StringContent {
    private var taken: [UInt8] = []

    /// The offset in the file after the last text that was taken or replaced.
    var start: Int

    init(from start: Int) { self.start = start }

    /// Takes the file's text up to the scanner's offset.
    mutating func take(to scanner: Scanner) { taken += scanner.bytes[start..<scanner.offset] }

    mutating func append(_ scalar: Unicode.Scalar) { taken += UTF8.encode(scalar).map { Array($0) } ?? [] }

    mutating func string(to scanner: Scanner) -> String {
        guard !taken.isEmpty else { return scanner.text(start..<scanner.offset) }
        take(to: scanner)
        return String(decoding: taken, as: UTF8.self)
    }
}
