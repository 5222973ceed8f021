// SPDX-License-Identifier: Apache-2.0

/// The extent of a statement with an error, determined only by its quotes and brackets.
///
/// A quote or bracket that opens before the error follows the grammar, so its content is part of the statement. One
/// that opens after the error may be a stray: a bracket may belong to a header whose line break is missing, and a
/// multi-line string may have begun with its closing quotes. In these cases the extent is uncertain.
struct StatementExtent {
    /// The offset of the line after the statement; if that is uncertain, of the first line that may be a header.
    private(set) var end: Int

    /// Whether each quote and bracket found its counterpart.
    private(set) var isCertain = false

    /// The number of bytes that were examined.
    private(set) var lookedAt = 0

    /// Looks for the end of the statement that begins where the scanner is, at the start of a line.
    ///
    /// - Parameter readOffset: How far the statement followed the grammar.
    init(of start: Scanner, readTo readOffset: Int) {
        var walk = StatementWalk(bytes: start.bytes, offset: start.offset, readOffset: readOffset)
        isCertain = walk.findEnd()
        end = isCertain ? walk.offset : walk.retreat
        lookedAt = walk.offset - start.offset
    }

    /// The offset behind the next line feed, or the end of the file.
    static func lineEnd(in bytes: [UInt8], from offset: Int) -> Int {
        bytes[offset...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? bytes.count
    }
}

private struct StatementWalk {
    let bytes: [UInt8]
    var offset: Int
    let readOffset: Int

    /// The opening brackets and braces that are not closed yet.
    private var open: [UInt8] = []
    /// Whether nothing but blanks is behind the last equals sign.
    private var isAfterEquals = false
    /// The start of the line of the error, if it is neither the statement's first nor begins in a string.
    private var errorLine: Int?
    /// The end of the last string of several lines that opened before the error.
    private var stringEnd = 0

    init(bytes: [UInt8], offset: Int, readOffset: Int) {
        self.bytes = bytes
        self.offset = offset
        self.readOffset = readOffset
    }

    /// The offset at which to look for a header if the end cannot be found.
    var retreat: Int {
        errorLine ?? StatementExtent.lineEnd(in: bytes, from: max(readOffset, stringEnd))
    }

    /// Goes to the start of the line after the statement. False if something does not close, or closes unopened.
    mutating func findEnd() -> Bool {
        while offset < bytes.count {
            let byte = bytes[offset]
            defer { if !byte.isBlank { isAfterEquals = byte == .equals } }
            switch byte {
            case .lineFeed:
                offset += 1
                guard !open.isEmpty else { return true }
                if offset <= readOffset { errorLine = offset }
            case .hash:
                offset = bytes[offset...].firstIndex(of: .lineFeed) ?? bytes.count
            case .quote, .apostrophe:
                guard skipString(quote: byte) else { return false }
            case .openBracket, .openBrace:
                guard !open.isEmpty || offset < readOffset else { return false }
                // In an inline table only a value begins with a bracket, so its brace was never closed, and this is a
                // later header.
                guard open.last != .openBrace || isAfterEquals else { return false }
                open.append(byte)
                offset += 1
            case .closeBracket, .closeBrace:
                guard open.popLast() == (byte == .closeBracket ? .openBracket : .openBrace) else { return false }
                offset += 1
            case .equals:
                // An array contains no pairs, so the bracket was never closed, and this is a later line.
                guard open.last != .openBracket else { return false }
                offset += 1
            default:
                offset += 1
            }
        }
        return open.isEmpty
    }

    /// Passes over a string. False if it does not close, or spans lines and may be a stray.
    private mutating func skipString(quote: UInt8) -> Bool {
        let start = offset
        let isMultiline = bytes[start...].prefix(3).elementsEqual(repeatElement(quote, count: 3))
        offset += isMultiline ? 3 : 1
        var hasLineEnd = false
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == .backslash, quote == .quote {
                offset += 1
                if offset < bytes.count, bytes[offset] != .lineFeed { offset += 1 }
            } else if byte == .lineFeed {
                guard isMultiline else { return false }
                hasLineEnd = true
                offset += 1
            } else if byte == quote, !isMultiline {
                offset += 1
                return true
            } else if byte == quote, bytes[offset...].prefix(3).elementsEqual(repeatElement(quote, count: 3)) {
                offset += bytes[offset...].prefix(5).prefix { $0 == quote }.count
                if hasLineEnd { noteLines(ofStringAt: start) }
                return !hasLineEnd || start < readOffset || !open.isEmpty
            } else {
                offset += 1
            }
        }
        noteLines(ofStringAt: start)
        return false
    }

    /// Excludes the lines that begin in a string from those that may be headers.
    private mutating func noteLines(ofStringAt start: Int) {
        guard start < readOffset else { return }
        errorLine = nil
        stringEnd = offset
    }
}
