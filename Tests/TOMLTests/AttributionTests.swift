// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import Testing

/// Whichever single character is damaged, no value appears in a table other than its own.
@Suite struct AttributionTests {
    /// Tables whose strings all name their table. The doubled digits prevent a single change from turning one name into
    /// another.
    private static let names = ["00", "11", "22", "33"]

    private static let file = names.map { name in
        """
        [table\(name)]
        a\(name) = "\(name)"
        b\(name) = [
            "\(name)", # one
            ["\(name)"],
            ["\(name)"]
        ]
        c\(name) = {d = '\(name)', e = ["\(name)"]} # "two"
        i\(name) = {
            j = "\(name)", # three
            k = {l = ['\(name)']},
        }
        f\(name).g = \"""
        \(name)\"""
        h\(name) = '\(name)'

        """
    }.joined()

    private static let fragments = [
        "\"", "'", "[", "]", "{", "}", "=", ",", "#", "\n", "\\", "x", "\"\"\"", "\0", ".", " ",
    ]

    @Test func deletions() {
        let file = Array(Self.file.utf8)
        for place in file.indices {
            var damaged = file
            damaged.remove(at: place)
            check(damaged)
        }
    }

    @Test(arguments: fragments)
    func insertionsAndReplacements(fragment: String) {
        let file = Array(Self.file.utf8)
        for place in file.indices {
            check(file[..<place] + Array(fragment.utf8) + file[place...])
            check(file[..<place] + Array(fragment.utf8) + file[(place + 1)...])
        }
    }

    /// An array of tables in which all strings of an element are equal.
    private static let elements = names.map { name in
        """
        [[elements]]
        a = "\(name)"
        b = {c = ['\(name)'],
            g = "\(name)"}
        [elements.inner]
        d = "\(name)"
        [[elements.others]]
        e = "\(name)"
        [elements.others.inner]
        f = "\(name)"

        """
    }.joined()

    /// Without `#`, which would turn a header into a comment unnoticed.
    @Test(arguments: fragments.filter { $0 != "#" } + [""])
    func changesOfElements(fragment: String) {
        let file = Array(Self.elements.utf8)
        for place in file.indices {
            checkElements(file[..<place] + Array(fragment.utf8) + file[place...])
            checkElements(file[..<place] + Array(fragment.utf8) + file[(place + 1)...])
        }
    }

    private func checkElements(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        let document = TOMLDocument(recovering: bytes)
        guard !document.errors.isEmpty else { return }
        for element in document.table["elements"]?.array ?? [] {
            let owners = Set(strings(in: element).filter { Self.names.contains($0) })
            #expect(owners.count <= 1, "\(owners) in one: \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private func check(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        let document = TOMLDocument(recovering: bytes)
        // A change that no reader can notice may turn a header into a comment.
        guard !document.errors.isEmpty else { return }
        for (key, value) in document.table {
            guard let owner = Self.names.first(where: { key.name == "table\($0)" }) else { continue }
            let strangers = strings(in: value).filter { Self.names.contains($0) && $0 != owner }
            #expect(strangers.isEmpty, "\(key.name) holds \(strangers): \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private func strings(in value: TOMLValue) -> [String] {
        switch value.kind {
        case .string(let string): [string]
        case .array(let values): values.flatMap { strings(in: $0) }
        case .table(let table): table.flatMap { strings(in: $0.value) }
        default: []
        }
    }
}
