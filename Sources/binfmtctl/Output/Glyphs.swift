// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The characters beyond ASCII that the output for people uses, and what stands for them in a locale without them.
struct Glyphs {
    let areASCII: Bool

    /// Those of this process's locale.
    static let current = Glyphs(
        areASCII: !isUTF8(locale: ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first))

    /// - Parameter locale: its name; nil if no variable sets one, as in most containers.
    static func isUTF8(locale: String?) -> Bool {
        guard let locale else { return true }
        let name = locale.lowercased()
        return name.hasSuffix("utf-8") || name.hasSuffix("utf8")
    }

    /// The text in characters that the locale has. Each is as wide as the one that it replaces, except for an arrow.
    func fit(_ text: String) -> String {
        guard areASCII else { return text }
        var fitted = ""
        for character in text { fitted += Self.substitutes[character] ?? String(character) }
        return fitted
    }

    private static let substitutes: [Character: String] = [
        "●": "*", "◐": "~", "○": "-", "✗": "x", "→": "->", "…": ".", "“": "\"", "”": "\"",
    ]

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
        return value
    }
}
