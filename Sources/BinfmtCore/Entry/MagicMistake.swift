// SPDX-License-Identifier: Apache-2.0

/// A likely mistake in how a magic was written, by which it matches nothing that its author meant. Each is a legal magic.
package enum MagicMistake: Hashable, Sendable {
    /// The text of hexadecimal digits, and the bytes that they mean.
    case hexadecimal(text: String, bytes: [UInt8])
    /// The text of `\n` or of an octal escape, which the kernel has not.
    case escape(String)
    /// The text of `\\xHH`, in which the first backslash keeps the second from beginning an escape.
    case doubledBackslash(String)
}

extension MagicPattern {
    /// The likely mistake in the magic; nil where there is none to see.
    package var mistake: MagicMistake? { hexadecimal ?? misreadEscape }

    /// Pairs of digits, with or without blanks between them. Short ones may be a text: a cpio archive begins with
    /// `070701`.
    private var hexadecimal: MagicMistake? {
        var digits: [UInt8] = []
        for byte in magic where byte != UInt8(ascii: " ") {
            if byte.hexDigitValue == nil { return nil }
            digits.append(byte)
        }
        let hasNumber = digits.contains { $0 <= UInt8(ascii: "9") }
        let hasLetter = digits.contains { $0 > UInt8(ascii: "9") }
        guard hasNumber, digits.count >= (hasLetter ? 4 : 8), let bytes = [UInt8](hex: digits) else { return nil }
        return .hexadecimal(text: magic.printable, bytes: bytes)
    }

    /// A backslash of which more was expected than the kernel makes of it. The commands of TeX are none: `\relax`.
    private var misreadEscape: MagicMistake? {
        var place = magic.startIndex
        while let backslash = magic[place...].firstIndex(of: UInt8(ascii: "\\")) {
            place = backslash + 1
            let rest = magic[place...]
            if rest.starts(with: "\\x".utf8), rest.count >= 4, rest.dropFirst(2).prefix(2).allSatisfy(\.isHexDigit) {
                return .doubledBackslash(magic[backslash...].prefix(5).printable)
            }
            let octal = rest.prefix(3).prefix(while: \.isOctalDigit)
            if !octal.isEmpty { return .escape("\\" + octal.printable) }
            let isFollowedByLetter = rest.dropFirst().first?.isLetter == true
            if let first = rest.first, "nrt".utf8.contains(first), !isFollowedByLetter {
                return .escape("\\" + rest.prefix(1).printable)
            }
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool { hexDigitValue != nil }

    fileprivate var isOctalDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(self) }

    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
