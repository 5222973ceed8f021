// SPDX-License-Identifier: Apache-2.0

/// Texts that files, paths and other programs' entries may have, and that a terminal or a log would obey.
package enum HostileText {
    package static let all = [
        "a\u{1b}[31mb", "a\u{1b}]0;title\u{7}b", "a\nenabled: forged", "a\rb", "a\u{9b}31mb", "a\u{85}b", "a\u{7f}b",
        "a\u{202e}b", "a\u{202a}b\u{202c}", "a\u{2066}b\u{2069}", "a\u{200e}\u{200f}\u{61c}b", "a\u{2028}b\u{2029}c",
    ]

    /// The characters of a text, other than line breaks and tabs, that a terminal would obey. A carriage return counts.
    package static func obeyed(in text: String) -> [String] {
        text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x09, 0x0a: false
            case 0..<0x20, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
            default: false
            }
        }.map { "U+" + String($0.value, radix: 16) }
    }
}
