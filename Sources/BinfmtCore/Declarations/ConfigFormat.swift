// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A format of configuration files.
package enum ConfigFormat: String, CaseIterable, Sendable {
    /// binfmtd.toml(5).
    case toml
    /// binfmt.d(5).
    case binfmtD = "binfmt.d"
    /// That of Debian's /usr/share/binfmts.
    case binfmts
}

extension ConfigFormat {
    /// The format that a file's name or directory implies; nil where it says nothing, as with a temporary file.
    package init?(nameOf path: FilePath) {
        switch path.extension {
        case "toml": self = .toml
        case "conf": self = .binfmtD
        default:
            guard path.removingLastComponent().lastComponent?.string == "binfmts" else { return nil }
            self = .binfmts
        }
    }

    /// The format that most lines of a text have; TOML where they do not tell.
    package init(sniffing text: [UInt8]) {
        var counts: [ConfigFormat: Int] = [:]
        if FormatMistake.isProgram(text) {
            self = .toml
            return
        }
        for line in text.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            let content = line.drop { Self.blanks.contains($0) }
            if let format = Self.format(ofLine: content) { counts[format, default: 0] += 1 }
        }
        let first = Self.allCases.max {
            (counts[$0] ?? 0, $0 == .toml ? 1 : 0) < (counts[$1] ?? 0, $1 == .toml ? 1 : 0)
        }
        self = first ?? .toml
    }

    private static let blanks: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t")]

    /// The format of one line without the blanks before it; nil for a comment, and where it could be any.
    private static func format(ofLine line: ArraySlice<UInt8>) -> ConfigFormat? {
        guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { return nil }
        if first == UInt8(ascii: "[") { return .toml }
        let word = line.prefix { !blanks.contains($0) && $0 != UInt8(ascii: "=") }
        let rest = line[word.endIndex...].drop { blanks.contains($0) }
        if rest.first == UInt8(ascii: "=") { return .toml }
        if binfmtsKeys.contains(String(decoding: word, as: UTF8.self)) { return .binfmts }
        // A register string begins with its delimiter, which is there at least six times.
        return first < 0x80 && !isWordOrQuote(first) && line.count(where: { $0 == first }) >= 6 ? .binfmtD : nil
    }

    private static func isWordOrQuote(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }

    /// The keys of update-binfmts(8).
    private static let binfmtsKeys: Set<String> = [
        "package", "type", "interpreter", "offset", "magic", "mask", "extension", "detector", "credentials", "preserve",
        "fix_binary",
    ]
}
