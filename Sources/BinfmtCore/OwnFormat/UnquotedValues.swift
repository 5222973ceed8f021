// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

/// The values of a TOML file that lack their quotes, as in the INI files of systemd: they are one mistake.
struct UnquotedValues {
    private let errors: [TOMLError]

    init(_ document: TOMLDocument) { errors = document.errors.filter(Self.isOne) }

    /// Whether a mistake is such a value: a word, or a path.
    static func isOne(_ error: TOMLError) -> Bool {
        switch error.reason {
        case .unquotedText: true
        case .unexpected(let found, expected: .value): found.hasPrefix("/") || found.hasPrefix("\\")
        default: false
        }
    }

    /// Whether the issue of the first such value tells of this one, too.
    func isRepeated(_ error: TOMLError) -> Bool { Self.isOne(error) && error != errors.first }

    /// What the issue of the first one adds: the remedy, and where the others are.
    var hint: String {
        guard let first = errors.first else { return "" }
        let remedy = if case .unquotedText = first.reason { "" } else { " (a string needs quotes)" }
        let others = errors.dropFirst().map { String($0.position.line) }
        return others.isEmpty ? remedy : "\(remedy); the same on line \(others.nameList)"
    }
}
