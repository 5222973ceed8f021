// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
    /// Whether this is one of the C0 or C1 control characters, or DEL.
    var isControl: Bool { value < 0x20 || (0x7f...0x9f).contains(value) }
}

extension String {
    /// Whether it contains a control character.
    var hasControl: Bool { !utf8.isPlain && unicodeScalars.contains(where: \.isControl) }
}

extension Collection<UInt8> {
    /// The bytes as text; nil if they are not UTF-8.
    var text: String? { String(validating: self, as: UTF8.self) }

    /// Whether all are visible characters of ASCII, or spaces.
    var isPlain: Bool { allSatisfy { 0x20..<0x7f ~= $0 } }

    /// The bytes as text that is safe on a terminal: control characters as `\xHH`, what is not UTF-8 as U+FFFD.
    package var printable: String {
        var text = ""
        for scalar in String(decoding: self, as: UTF8.self).unicodeScalars {
            if scalar.isControl {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { text += "\\x" + byte.hex }
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
