// SPDX-License-Identifier: Apache-2.0

/// The two notations for a magic or a mask: the kernel's, where `\xHH` is a byte and any other character is itself, and
/// hexadecimal digits after `0x`.
enum MagicText {
    /// The bytes that a text in either notation means.
    static func bytes(_ text: String) throws(Invalid) -> [UInt8] {
        guard text.hasPrefix("0x") else { return try unescape(text.utf8) }
        let digits = text.utf8.dropFirst(2)
        if let position = digits.firstIndex(where: { $0.hexDigitValue == nil }) {
            throw .notHex(String(decoding: [digits[position]], as: UTF8.self))
        }
        guard let bytes = [UInt8](hex: digits) else { throw .oddDigits(digits.count) }
        return bytes
    }

    /// The bytes that a text in the kernel's notation means.
    ///
    /// - Throws: for a backslash that begins no escape. The kernel would take it literally, but its author most likely
    ///   meant something else.
    static func unescape(_ text: some Sequence<UInt8>) throws(Invalid) -> [UInt8] {
        var invalid: String?
        let bytes = unescape(text) { invalid = invalid ?? $0 }
        if let invalid { throw .badEscape(invalid) }
        return bytes
    }

    /// The bytes that the kernel makes of a text (`string_unescape_inplace` with `UNESCAPE_HEX` in
    /// `lib/string_helpers.c`): a backslash that begins no escape is itself, and so is the byte behind it, even if that is
    /// a backslash.
    static func unescapeAsKernel(_ text: some Sequence<UInt8>) -> [UInt8] { unescape(text) { _ in } }

    private static func unescape(_ text: some Sequence<UInt8>, onBadEscape: (String) -> Void) -> [UInt8] {
        let text = Array(text)
        if !text.contains(UInt8(ascii: "\\")) { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            let byte = text[position]
            position += 1
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            if position + 2 < text.count, text[position] == UInt8(ascii: "x"),
                let high = text[position + 1].hexDigitValue, let low = text[position + 2].hexDigitValue
            {
                bytes.append(high << 4 | low)
                position += 3
            } else {
                onBadEscape("\\" + text[position...].prefix(3).printable)
                bytes.append(byte)
                if position < text.count {
                    bytes.append(text[position])
                    position += 1
                }
            }
        }
        return bytes
    }

    /// The bytes in the kernel's notation, in a string of TOML in single quotes. One that begins with `0x` would be taken
    /// for the other notation.
    static func literal(_ bytes: [UInt8]) -> String {
        var text = ""
        for (place, byte) in bytes.enumerated() {
            let isItself = 0x20..<0x7f ~= byte && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\\")
            let isPrefix = place == 0 && bytes.starts(with: "0x".utf8)
            text += isItself && !isPrefix ? String(Unicode.Scalar(byte)) : "\\x" + byte.hex
        }
        return "'" + text + "'"
    }

    /// Why a text is invalid in both notations.
    enum Invalid: Error, Hashable, CustomStringConvertible {
        case notHex(String)
        case oddDigits(Int)
        case badEscape(String)

        var description: String {
            switch self {
            case .notHex(let character): "'\(character)' is not a hexadecimal digit"
            case .oddDigits(let count): "\(count) hexadecimal digits do not make whole bytes"
            case .badEscape: summary + "; write a backslash as \\x5c"
            }
        }

        /// What is wrong, without the remedy for an escape.
        var summary: String {
            if case .badEscape(let text) = self { return "unknown escape '\(text)': only \\xHH is allowed" }
            return description
        }
    }
}
