// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

/// Reads the keys of one TOML table, each as the type it must have, and complains about the keys that nothing read.
struct TableReader {
    private var keys: TOMLTableReader
    let file: FilePath
    /// The text of the file.
    let source: [UInt8]
    /// The entry that the table declares, for the complaints.
    let entry: String?
    private(set) var issues: IssueList

    var table: TOMLTable { keys.table }
    /// The keys that were asked for.
    var knownKeys: [String] { keys.knownKeys }

    /// - Parameter issues: the list of the file so far, which limits this table's.
    init(_ table: TOMLTable, file: FilePath, source: [UInt8], entry: String? = nil, after issues: IssueList) {
        keys = TOMLTableReader(table)
        self.file = file
        self.source = source
        self.entry = entry
        self.issues = IssueList(room: issues.room)
    }

    mutating func boolean(_ key: String) -> Located<Bool>? {
        take(key, "true or false") { $0.boolean }
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Located<Int>? {
        guard let number = take(key, "an integer", { $0.integer }) else { return nil }
        guard let value = Int(exactly: number.value), range.contains(value) else {
            complain(
                .outOfRange, at: number.location, "'\(key)' must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return Located(value: value, location: number.location)
    }

    mutating func string(_ key: String, hint: (TOMLValue) -> String? = { _ in nil }) -> Located<String>? {
        take(key, "a string", hint: hint) { $0.string }
    }

    /// The text of a string in double quotes, with them; nil where the key has none.
    func doubleQuoted(_ key: String) -> Located<ArraySlice<UInt8>>? {
        guard let value = table[key], value.string != nil else { return nil }
        let text = source[value.span.bytes]
        guard text.first == UInt8(ascii: "\"") else { return nil }
        return Located(value: text, location: location(value.position))
    }

    /// A list of strings, or one string for a list of one.
    mutating func strings(_ key: String) -> [Located<String>]? {
        let file = file
        let list: Located<[Located<String>]>? = take(key, "a string or a list of strings") { value in
            value.strings?.map { Located(value: $0.value, location: SourceLocation(file: file, $0.position)) }
        }
        return list?.value
    }

    /// The candidates that `interpreter` names; nil where the key is missing, or where none of them is valid.
    mutating func interpreters() -> [String]? {
        guard let texts = strings("interpreter") else { return nil }
        if texts.isEmpty, let location = location(of: "interpreter") {
            complain(.invalidValue, at: location, "the list of interpreters must not be empty")
        }
        if texts.count > InterpreterPath.maximumCandidates, let location = location(of: "interpreter") {
            let limit = InterpreterPath.maximumCandidates
            complain(.outOfRange, at: location, "'interpreter' has more than \(limit) paths")
            return nil
        }
        let valid = texts.filter { text in
            guard let problem = InterpreterPath.problem(of: text.value) else { return true }
            complain(.invalidValue, at: text.location, problem)
            return false
        }
        return valid.isEmpty ? nil : valid.map(\.value)
    }

    /// The interpreters that `interpreters` names for a BPF handler.
    ///
    /// - Parameter handler: the value of `bpf`, which they require.
    mutating func boundInterpreters(for handler: Located<String>?) -> [BPFHandler.Interpreter] {
        let example = "a table of names and paths for 'bpf', such as { aarch64 = \"/usr/bin/qemu-aarch64\" }"
        let table = table("interpreters") { _ in
            "'interpreters' must be \(example); a list of which the first that exists is used is 'interpreter'"
        }
        guard let table, let location = location(of: "interpreters") else { return [] }
        if handler == nil { complain(.conflictingKeys, at: location, "'interpreters' requires 'bpf'") }
        if table.count > BPFHandler.maximumInterpreters {
            complain(
                .outOfRange, at: location, "'interpreters' has more than \(BPFHandler.maximumInterpreters) paths")
            return []
        }
        var interpreters: [BPFHandler.Interpreter] = []
        for (key, value) in table {
            if let problem = BPFHandler.Interpreter.problem(ofName: key.name) {
                complain(.invalidValue, at: self.location(key.position), problem)
            }
            let position = self.location(value.position)
            guard let path = value.string else {
                let mistake = TOMLTableMistake.wrongType(key: key.name, expected: "a string", found: value)
                complain(.wrongType, at: position, "\(mistake)")
                continue
            }
            if let problem = InterpreterPath.problem(of: path) { complain(.invalidValue, at: position, problem) }
            interpreters.append(BPFHandler.Interpreter(name: Array(key.name.utf8), path: FilePath(path)))
        }
        return interpreters
    }

    mutating func table(_ key: String, hint: (TOMLValue) -> String? = { _ in nil }) -> TOMLTable? {
        take(key, "a table", hint: hint) { $0.table }?.value
    }

    /// Complains about each key that was not read, with the known key that it resembles.
    ///
    /// - Parameter hint: a better complaint about a key; nil for the usual one.
    mutating func rejectUnknownKeys(hint: (TOMLKey, TOMLValue) -> String? = { _, _ in nil }) {
        let knownKeys = knownKeys
        for (key, value) in keys.unknownKeys {
            complain(
                .unknownKey, at: location(key.position),
                hint(key, value)
                    ?? "unknown key '\(key.name)'\(Spelling.hint(for: key.name, among: knownKeys))")
        }
    }

    /// - Parameter problem: evaluated only if the complaint is listed.
    mutating func complain(_ kind: Issue.Kind, at location: SourceLocation, _ problem: @autoclosure () -> String) {
        issues.add(.error, kind, at: location, entry: entry, problem())
    }

    mutating func warn(_ kind: Issue.Kind, at location: SourceLocation, _ problem: @autoclosure () -> String) {
        issues.add(.warning, kind, at: location, entry: entry, problem())
    }

    /// Adds the complaints of the reader of an inner table.
    mutating func adopt(_ issues: IssueList) { self.issues.add(issues) }

    /// The place of a key's value; nil where the key is missing.
    func location(of key: String) -> SourceLocation? { table[key].map { location($0.position) } }

    func location(_ position: SourcePosition) -> SourceLocation { SourceLocation(file: file, position) }

    private mutating func take<Value>(
        _ key: String, _ expected: String, hint: (TOMLValue) -> String? = { _ in nil },
        _ convert: (TOMLValue) -> Value?
    ) -> Located<Value>? {
        switch keys.read(key, convert) {
        case .missing: return nil
        case .value(let found): return Located(value: found.value, location: location(found.position))
        case .mismatch(let value):
            complain(
                .wrongType, at: location(value.position),
                hint(value) ?? "\(TOMLTableMistake.wrongType(key: key, expected: expected, found: value))")
            return nil
        }
    }
}
