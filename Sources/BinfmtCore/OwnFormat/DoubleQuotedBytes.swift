// SPDX-License-Identifier: Apache-2.0

/// A magic or a mask in a string of TOML in double quotes. There `\xHH` is a character, not a byte, and from U+0080 on a
/// character takes two bytes or more; and a backslash, itself written as an escape, may begin an escape of the kernel.
struct DoubleQuotedBytes {
    /// A character of the string, as it is written.
    private struct Character {
        let scalar: Unicode.Scalar
        /// Its place in the source.
        let place: Int
        /// Whether it is written as `\xHH`.
        let isHex: Bool
        /// Whether it is written as `\xHH`, `\uHHHH` or `\UHHHHHHHH`.
        let isNumeric: Bool
    }

    /// A mistake, and its place in the source.
    struct Mistake: Error {
        let problem: String
        let place: Int
    }

    private let source: [UInt8]
    private var characters: [Character] = []

    /// - Parameter source: the string in the file, with its quotes; TOML found it valid.
    init(source: ArraySlice<UInt8>) {
        self.source = Array(source)
        readCharacters()
    }

    /// The bytes that the string means.
    ///
    /// - Parameters:
    ///   - key: the key whose value the string is.
    ///   - text: the string as TOML reads it.
    func bytes(for key: String, reading text: String) throws(Mistake) -> [UInt8] {
        if let character = characters.first(where: { !$0.scalar.isASCII }) {
            let codePoint = character.scalar.codePoint
            let count = UTF8.width(character.scalar)
            throw mistake(
                at: character,
                character.isHex
                    ? "in double quotes \\x\(UInt8(truncatingIfNeeded: character.scalar.value).hex) is the character "
                        + "\(codePoint), which is \(count) bytes in UTF-8"
                    : "in double quotes '\(key)' may only have characters up to U+007F; \(codePoint) is \(count) bytes "
                        + "in UTF-8", key)
        }
        if text.hasPrefix("0x") { return try hexadecimal(text) }
        if let character = characters.first(where: { $0.scalar == "\\" && $0.isNumeric }) {
            throw mistake(at: character, "in double quotes a backslash cannot be written as a number", key)
        }
        do { return try MagicText.bytes(text) } catch {
            throw mistake(at: characters.first { $0.scalar == "\\" }, "\(error.summary)", key)
        }
    }

    private func hexadecimal(_ text: String) throws(Mistake) -> [UInt8] {
        do { return try MagicText.bytes(text) } catch { throw Mistake(problem: "\(error)", place: 0) }
    }

    private func mistake(at character: Character?, _ problem: String, _ key: String) -> Mistake {
        let remedy = "; write \(key) = \(MagicText.literal(meaning))"
        let length = problem.utf8.count + remedy.utf8.count
        let isShown = meaning.count <= MagicPattern.window && length <= String.excerptLength
        return Mistake(
            problem: isShown ? problem + remedy : problem + "; use single quotes", place: character?.place ?? 0)
    }

    /// The bytes that the author most likely meant: that of each `\xHH`, of TOML or of the kernel, and UTF-8.
    private var meaning: [UInt8] {
        var bytes: [UInt8] = []
        var place = 0
        while place < characters.count {
            let character = characters[place]
            let next = characters[(place + 1)...].prefix(3).map { UInt8(ascii: $0.scalar.isASCII ? $0.scalar : "?") }
            if character.scalar == "\\", !character.isNumeric, next.first == UInt8(ascii: "x"),
                let byte = [UInt8](hex: next.dropFirst())?.first
            {
                bytes.append(byte)
                place += 4
                continue
            }
            if character.isHex {
                bytes.append(UInt8(truncatingIfNeeded: character.scalar.value))
            } else {
                bytes += Array(String(character.scalar).utf8)
            }
            place += 1
        }
        return bytes
    }

    /// Divides the source into characters, after the grammar of basic strings.
    private mutating func readCharacters() {
        let isMultiline = source.starts(with: Array("\"\"\"".utf8)) && source.count >= 6
        let quotes = isMultiline ? 3 : 1
        let content = source[quotes..<max(quotes, source.count - quotes)]
        var place = content.startIndex
        if isMultiline { place += content[place...].prefix { $0 == UInt8(ascii: "\r") }.prefix(1).count }
        if isMultiline, content[place...].first == UInt8(ascii: "\n") { place += 1 }
        while place < content.endIndex {
            let (character, length) = Self.character(at: place, in: content)
            if let character { characters.append(character) }
            place += length
        }
    }

    /// The character at a place, with the length of its text; none for a line end that a backslash removes.
    private static func character(at place: Int, in content: ArraySlice<UInt8>) -> (Character?, length: Int) {
        let rest = content[place...]
        guard rest.first == UInt8(ascii: "\\"), let kind = rest.dropFirst().first else {
            var decoder = UTF8()
            var iterator = rest.prefix(4).makeIterator()
            guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return (nil, 1) }
            let character = Character(scalar: scalar, place: place, isHex: false, isNumeric: false)
            return (character, UTF8.width(scalar))
        }
        let digitCount =
            switch kind {
            case UInt8(ascii: "x"): 2
            case UInt8(ascii: "u"): 4
            case UInt8(ascii: "U"): 8
            default: 0
            }
        guard digitCount > 0 else { return escape(kind, at: place, rest) }
        let digits = String(decoding: rest.dropFirst(2).prefix(digitCount), as: UTF8.self)
        guard let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else { return (nil, 2) }
        let character = Character(scalar: scalar, place: place, isHex: digitCount == 2, isNumeric: true)
        return (character, digitCount + 2)
    }

    private static func escape(
        _ kind: UInt8, at place: Int, _ rest: ArraySlice<UInt8>
    ) -> (Character?, length: Int) {
        let scalar: Unicode.Scalar
        switch kind {
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "e"): scalar = "\u{1B}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): scalar = Unicode.Scalar(kind)
        default: return (nil, 1 + rest.dropFirst().prefix { " \t\r\n".utf8.contains($0) }.count)
        }
        return (Character(scalar: scalar, place: place, isHex: false, isNumeric: false), 2)
    }
}

extension Unicode.Scalar {
    /// The code point as text, such as `U+00B7`.
    fileprivate var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
