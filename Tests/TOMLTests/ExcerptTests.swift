// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import Testing

@Suite struct ExcerptTests {
    @Test(arguments: [
        ("a = ?", "a = ?\n    ^"), ("\u{FEFF}a = ?", "a = ?\n    ^"), ("x = 1\r\n\ta\t= ?\r\n", "\ta\t= ?\n\t \t  ^"),
        ("'\u{E9}' = ?", "'\u{E9}' = ?\n      ^"), ("a = 1 # \u{1}", "a = 1 # \u{FFFD}\n        ^"),
        ("a = ", "a = \n    ^"), ("a = [\n", "a = [\n    ^"), ("a = '\u{202E}' ?", "a = '\u{FFFD}' ?\n        ^"),
    ])
    func pointsAtTheMistake(toml: String, excerpt: String) throws {
        let bytes = Array(toml.utf8)
        let error = try #require(TOMLDocument(recovering: bytes).errors.first)
        #expect(error.excerpt(in: bytes) == excerpt)
    }

    @Test func isNilInAnotherFile() {
        #expect(SourcePosition(line: 3, column: 1).excerpt(in: Array("a\nb".utf8)) == nil)
        #expect(SourcePosition(line: 2, column: 9).excerpt(in: Array("a\nb".utf8)) == "b\n        ^")
    }

    /// The bytes of each key and value.
    @Test func spansAreTheText() throws {
        let toml = "'k' . \"l\" = [1, 'x'] # c\n[t] # d\nm = {\n n = 07:00,\n}\n"
        let bytes = Array(toml.utf8)
        func text(_ span: SourceSpan) -> String { String(decoding: bytes[span.bytes], as: UTF8.self) }
        let table = try TOMLDocument(parsing: bytes).table
        #expect(table.map { text($0.key.span) } == ["'k'", "t"])
        let inner = try #require(table["k"]?.table?.first)
        #expect(text(inner.key.span) == "\"l\"")
        #expect(text(inner.value.span) == "[1, 'x']")
        #expect(inner.value.array?.map { text($0.span) } == ["1", "'x'"])
        #expect(table["k"].map { text($0.span) } == "'k'")
        #expect(table["t"].map { text($0.span) } == "[t]")
        #expect(table["t"]?.table?["m"].map { text($0.span) } == "{\n n = 07:00,\n}")
    }
}
