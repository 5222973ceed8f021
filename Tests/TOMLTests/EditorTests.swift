// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import TestSupport
import Testing

@Suite struct EditorTests {
    /// A file, the path and the value to set (nil: to remove), and the file after it.
    struct Edit: Sendable, CustomTestStringConvertible {
        let before: String
        let path: [String]
        let value: TOMLValue.Kind?
        let after: String

        init(_ before: String, _ path: String..., to value: TOMLValue.Kind?, _ after: String) {
            self.before = before
            self.path = path
            self.value = value
            self.after = after
        }

        var testDescription: String { "\(before.debugDescription) \(path)" }
    }

    @Test(arguments: [
        Edit("a = 1 # one\nb = 2", "a", to: .integer(3), "a = 3 # one\nb = 2"),
        Edit("a = [\n 1, # one\n]\n", "a", to: .string("x"), "a = \"x\"\n"),
        Edit(
            "# c\n[t] # d\na.b = 1\n\n# e\n[u]\n", "t", "a", "b", to: .boolean(true),
            "# c\n[t] # d\na.b = true\n\n# e\n[u]\n"),
        Edit("[t]\na = {b = 1, c = 2}\n", "t", "a", "b", to: .float(0.5), "[t]\na = {b = 0.5, c = 2}\n"),
        Edit("[t]\na = 1 # one\n\n# u\n[u]\n", "t", "b", to: .integer(2), "[t]\na = 1 # one\nb = 2\n\n# u\n[u]\n"),
        Edit("[t]\n\n[t.u]\nc = 1", "t", "b", to: .integer(2), "[t]\nb = 2\n\n[t.u]\nc = 1"),
        Edit("[t] # d", "t", "b c", to: .integer(2), "[t] # d\n\"b c\" = 2\n"),
        Edit("[t]\nx.y = 1\n[t.u]", "t", "b", to: .integer(2), "[t]\nx.y = 1\nb = 2\n[t.u]"),
        Edit("# SPDX\n#:schema x\n\n[t]\n", "a", to: .integer(1), "# SPDX\n#:schema x\na = 1\n\n[t]\n"),
        Edit("a = 1\n[t]\n", "b", to: .integer(1), "a = 1\nb = 1\n[t]\n"),
        Edit("", "t", "u", "a", to: .integer(1), "[t.u]\na = 1\n"),
        Edit("a = 1", "t", "b", to: .integer(1), "a = 1\n\n[t]\nb = 1\n"),
        Edit("a = 1 # one\nb = nan\n", "a", to: nil, "b = nan\n"),
        Edit("[t]\n# above\na = [\n 1,\n] # behind\nb = 2", "t", "a", to: nil, "[t]\n# above\nb = 2"),
        Edit("a.b = 1\na.c = 2\n", "a", "b", to: nil, "a.c = 2\n"),
        Edit("a.b = 1\nc = 2\n", "a", "b", to: nil, "c = 2\n"),
        Edit("a = {\n b = 1, # one\n c = 2,\n}\n", "a", "b", to: nil, "a = {\n c = 2,\n}\n"),
    ])
    func changesNothingElse(_ edit: Edit) throws {
        var editor = try TOMLEditor(Array(edit.before.utf8))
        if let value = edit.value { try editor.set(edit.path, to: value) } else { try editor.remove(edit.path) }
        #expect(editor.text == edit.after)
        #expect(editor.document == (try TOMLDocument(parsing: edit.after)))
    }

    /// A file, and a path at which nothing can be set.
    @Test(arguments: [
        ("a = 1", ["a", "b"]), ("[[a]]", ["a"]), ("[[a]]", ["a", "b"]), ("[a]", ["a"]), ("a.b = 1", ["a"]),
        ("a = {b = 1}", ["a", "c"]), ("a = 1", []), ("a.b = 1", ["a", "c"]), ("a = {b = 1}", ["a", "c", "d"]),
    ])
    func refusesToSet(toml: String, path: [String]) throws {
        var editor = try TOMLEditor(Array(toml.utf8))
        #expect(throws: TOMLEditError.self) { try editor.set(path, to: .integer(1)) }
        #expect(editor.text == toml)
    }

    @Test(arguments: [
        ("a = 1", ["b"]), ("[a]", ["a"]), ("[[a]]", ["a"]), ("a = {b = 1, c = 2}", ["a", "b"]), ("a = 1", []),
        ("a = {b = 1,\n c = 2}", ["a", "c"]), ("a = {b = 1}", ["a", "b"]),
    ])
    func refusesToRemove(toml: String, path: [String]) throws {
        var editor = try TOMLEditor(Array(toml.utf8))
        #expect(throws: TOMLEditError.self) { try editor.remove(path) }
        #expect(editor.text == toml)
    }

    /// Random edits of all cases' files: each either changes just that value, or nothing.
    @Test(arguments: UInt64(1)...10)
    func makesRandomEdits(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let files = ValidCase.strings + ValidCase.structure + ValidCase.since11
        let names = ["a", "b", "c", "x", "new", "y z"]
        let values: [TOMLValue.Kind] = [.integer(7), .string("\u{1B}\n\"#"), .boolean(true), .array([])]
        var edits = 0
        for _ in 0..<200 {
            guard let file = files.randomElement(using: &random) else { continue }
            var editor = try TOMLEditor(Array(file.toml.utf8))
            for _ in 0..<5 {
                let path = (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in
                    names.randomElement(using: &random)
                }
                let value = values.randomElement(using: &random) ?? .integer(0)
                let before = editor
                do {
                    if Int.random(in: 0..<4, using: &random) == 0 {
                        try editor.remove(path)
                        #expect(editor.utf8.count < before.utf8.count)
                    } else {
                        try editor.set(path, to: value)
                        let set = path.reduce(TOMLValue.Kind.table(editor.document.table)) { kind, name in
                            if case .table(let table) = kind {
                                table[name]?.kind ?? .boolean(false)
                            } else {
                                .boolean(false)
                            }
                        }
                        #expect(set == value, "\(editor.text)")
                    }
                    edits += 1
                } catch {
                    #expect(editor.utf8 == before.utf8)
                    if case .invalidResult(let mistake) = error {
                        // Only lines that brackets of others are on.
                        #expect(before.text.contains("{"), "\(before.text) \(path) \(mistake)")
                    }
                }
                #expect(try TOMLDocument(parsing: editor.utf8).table == editor.document.table)
            }
        }
        #expect(edits > 300)
    }
}
