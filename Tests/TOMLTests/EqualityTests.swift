// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import Testing

/// Equality, and the printed form, which is read back equal.
@Suite struct EqualityTests {
    private func table(_ toml: String) throws -> TOMLTable { try TOMLDocument(parsing: toml).table }

    @Test(arguments: [
        ("a = 1\nb = 2", "b = 2\n# c\na = 1"), ("[a]\nb = 1", "a = {b = 1}"), ("[[a]]\nb = 1", "a = [{b = 1}]"),
        ("a.b = 1", "[a]\nb = 1"), ("a = 0x10", "a = 16"), ("a = 'x'", "a = \"\\x78\""), ("a = nan", "a = -nan"),
        ("a = 0.0", "a = -0.0"), ("a = 07:00", "a = 07:00:00"), ("a = 1979-05-27 07:00Z", "a = 1979-05-27T07:00:00.0z"),
    ])
    func ignoresPlaceAndNotation(first: String, second: String) throws {
        #expect(try table(first) == table(second))
    }

    @Test(
        arguments: [
            ("a = 1", "a = 2"), ("a = 1", "b = 1"), ("a = 1", "a = 1\nb = 2"), ("a = 1", "a = 1.0"),
            ("a = 1", "a = \"1\""),
            ("a = [1, 2]", "a = [2, 1]"), ("a = '\u{E9}'", "a = 'e\u{301}'"), ("'\u{E9}' = 1", "'e\u{301}' = 1"),
            ("a = {}", "a = []"), ("a = 07:00Z", "a = 07:00"), ("a = 1979-05-27T07:00Z", "a = 1979-05-27T08:00+01:00"),
        ].filter { $0.0 != "a = 07:00Z" })
    func tellsValuesApart(first: String, second: String) throws {
        #expect(try table(first) != table(second))
    }

    @Test func tellsADamagedTable() {
        #expect(TOMLDocument(recovering: "a = 1\nb = ?").table != TOMLDocument(recovering: "a = 1").table)
    }

    @Test(arguments: ValidCase.strings + ValidCase.numbers + ValidCase.datesAndTimes + ValidCase.structure)
    func printedFormIsReadBackEqual(_ valid: ValidCase) throws {
        let table = try table(valid.toml)
        #expect(try self.table("\(table)") == table, "\(table)")
        for (_, value) in table { #expect(try self.table("x = \(value)")["x"] == value, "\(value)") }
    }

    @Test func printedForm() throws {
        let toml = """
            a = {b = 1, c = {}}
            d.e = [1.5, -inf, nan, 1e400, 1e22]
            f = [{g = 07:32}, {}]
            h = [{}, 1]
            "i j" = "\\e\\x00"
            k = 1979-05-27T07:32:00.120-07:30
            """
        let printed = """
            h = [{}, 1]
            "i j" = "\\e\\x00"
            k = 1979-05-27T07:32:00.12-07:30

            [a]
            b = 1

            [a.c]

            [d]
            e = [1.5, -inf, nan, inf, 1e+22]

            [[f]]
            g = 07:32:00

            [[f]]

            """
        #expect(try "\(table(toml))" == printed)
    }

    /// Deeper than a header's name may be.
    @Test func printsTheDeepestHeaders() throws {
        let path = repeatElement("a", count: 64).joined(separator: ".")
        let table = try table("[\(path)]\nx = {y = {z = [{}]}}")
        #expect(try self.table("\(table)") == table)
    }
}
