// SPDX-License-Identifier: Apache-2.0

/// A character of a string in double quotes, as the file writes it.
package struct QuotedCharacter: Sendable {
    package let scalar: Unicode.Scalar
    /// How it is written: itself, or an escape.
    package let text: ArraySlice<UInt8>
    /// Its place, if the string began in line 1 and column 1.
    package let position: SourcePosition

    /// The characters of a string.
    ///
    /// - Parameter string: its text in the file, with the quotes; the reader found it valid.
    package static func all(in string: [UInt8]) -> [QuotedCharacter] {
        var scanner = Scanner(string, .v1_1, .standard)
        let isMultiline = string.count >= 6 && string.starts(with: [.quote, .quote, .quote])
        let quotes = isMultiline ? 3 : 1
        scanner.skip(quotes)
        if isMultiline { _ = scanner.skipLineEnd() }
        var characters: [QuotedCharacter] = []
        while scanner.offset < string.count - quotes {
            if isMultiline, scanner.next == .backslash, scanner.skipEscapedLineEnd() { continue }
            let (start, position) = (scanner.offset, scanner.position)
            guard let scalar = scanner.readCharacter() else { break }
            characters.append(
                QuotedCharacter(scalar: scalar, text: string[start..<scanner.offset], position: position))
        }
        return characters
    }
}

extension Scanner {
    /// Reads a character of a string in double quotes.
    fileprivate mutating func readCharacter() -> Unicode.Scalar? {
        if next == .backslash { return try? readEscape() }
        let start = offset
        if !skipLineEnd(), (try? skipText()) == nil { return nil }
        return text(start..<offset).unicodeScalars.last
    }
}
