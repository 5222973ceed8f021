// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
    /// Whether this is one of the C0 or C1 control characters, or DEL.
    var isControl: Bool { value < 0x20 || (0x7f...0x9f).contains(value) }

    /// Whether a terminal or a log obeys this character instead of showing it: a control character, one that ends a line
    /// or a paragraph, or one that changes the direction of the text around it (UAX #9, "Explicit Directional Formatting
    /// Characters").
    package var isUnprintable: Bool {
        switch value {
        case 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: isControl
        }
    }
}

extension String {
    /// Whether it contains a control character.
    var hasControl: Bool { !utf8.isPlain && unicodeScalars.contains(where: \.isControl) }

    /// The text in one line that is safe on a terminal and in a log, as ``Swift/Collection/printable`` has it.
    package var printable: String { utf8.isPlain ? self : utf8.printable }
}

extension Collection<UInt8> {
    /// The bytes as text; nil if they are not UTF-8.
    var text: String? {
        // What is ASCII needs no check. See docs/performance.md.
        isASCII ? String(decoding: self, as: UTF8.self) : String(validating: self, as: UTF8.self)
    }

    private var isASCII: Bool { allSatisfy { $0 < 0x80 } }

    /// Whether all are visible characters of ASCII, or spaces.
    var isPlain: Bool { allSatisfy { 0x20..<0x7f ~= $0 } }

    /// The bytes as text in one line that is safe on a terminal and in a log: the bytes of unprintable characters, and
    /// those that are not UTF-8, as `\xHH`.
    package var printable: String {
        var text = ""
        var rest = self[...]
        var parser = UTF8.ForwardParser()
        var iterator = makeIterator()
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                let scalar = UTF8.decode(encoded)
                if scalar.isUnprintable {
                    for byte in encoded { text += "\\x" + byte.hex }
                } else {
                    text.unicodeScalars.append(scalar)
                }
                rest = rest.dropFirst(encoded.count)
            case .error(let length):
                for byte in rest.prefix(length) { text += "\\x" + byte.hex }
                rest = rest.dropFirst(length)
            case .emptyInput: return text
            }
        }
    }
}
