// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TOML

/// Takes the keys out of one TOML table, each as the type it must have, and complains of whatever is left over.
struct TableReader {
    let table: TOMLTable
    let file: FilePath
    /// The entry that the table declares, for the complaints.
    let entry: String?
    private(set) var issues: [Issue] = []
    private var knownKeys: [String] = []

    init(_ table: TOMLTable, file: FilePath, entry: String? = nil) {
        self.table = table
        self.file = file
        self.entry = entry
    }

    mutating func boolean(_ key: String) -> Located<Bool>? {
        take(key, "true or false") { $0.boolean }
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Located<Int>? {
        guard let number = take(key, "an integer", { $0.integer }) else { return nil }
        guard let value = Int(exactly: number.value), range.contains(value) else {
            complain(.error, at: number.location, "'\(key)' must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return Located(value: value, location: number.location)
    }

    mutating func string(_ key: String, hint: (TOMLValue) -> String? = { _ in nil }) -> Located<String>? {
        take(key, "a string", hint: hint) { $0.string }
    }

    /// A list of strings, or one string for a list of one.
    mutating func strings(_ key: String) -> [Located<String>]? {
        let file = file
        let list: Located<[Located<String>]>? = take(key, "a string or a list of strings") { value in
            let values = value.array ?? [value]
            let strings = values.compactMap { value in
                value.string.map { Located(value: $0, location: SourceLocation(file: file, value.position)) }
            }
            return strings.count == values.count ? strings : nil
        }
        return list?.value
    }

    /// The candidates that `interpreter` names; nil where it does not, or where none of them can be one.
    mutating func interpreters() -> [String]? {
        guard let texts = strings("interpreter") else { return nil }
        if texts.isEmpty, let location = location(of: "interpreter") {
            complain(.error, at: location, "the list of interpreters must not be empty")
        }
        let valid = texts.filter { text in
            guard let problem = InterpreterPath.problem(of: text.value) else { return true }
            complain(.error, at: text.location, problem)
            return false
        }
        return valid.isEmpty ? nil : valid.map(\.value)
    }

    mutating func table(_ key: String) -> TOMLTable? {
        take(key, "a table") { $0.table }?.value
    }

    /// Complains of each key that nobody asked for, with the one that was meant where that can be told.
    mutating func rejectUnknownKeys(hint: (TOMLKey, TOMLValue) -> String? = { _, _ in nil }) {
        for (key, value) in table where !knownKeys.contains(key.name) {
            let known = Spelling.hint(for: key.name, among: knownKeys)
            complain(.error, at: location(key.position), hint(key, value) ?? "unknown key '\(key.name)'\(known)")
        }
    }

    mutating func complain(_ severity: Issue.Severity, at location: SourceLocation, _ problem: String) {
        issues.append(Issue(severity, at: location, entry: entry, problem))
    }

    /// Takes over what the reader of an inner table complained of.
    mutating func adopt(_ issues: [Issue]) { self.issues += issues }

    /// Where the value of a key stands, or nil where the key is not.
    func location(of key: String) -> SourceLocation? { table[key].map { location($0.position) } }

    func location(_ position: SourcePosition) -> SourceLocation { SourceLocation(file: file, position) }

    private mutating func take<Value>(
        _ key: String, _ expected: String, hint: (TOMLValue) -> String? = { _ in nil },
        _ convert: (TOMLValue) -> Value?
    ) -> Located<Value>? {
        knownKeys.append(key)
        guard let value = table[key] else { return nil }
        guard let converted = convert(value) else {
            let problem = hint(value) ?? "'\(key)' must be \(expected), not \(value.typeName)"
            complain(.error, at: location(value.position), problem)
            return nil
        }
        return Located(value: converted, location: location(value.position))
    }
}
