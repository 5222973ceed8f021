// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import TestSupport
import Testing

@Suite struct WriterTests {
    @Test func writesPlainText() {
        var writer = TOMLWriter()
        writer.comment("one\n\ntwo\u{1B}\t\u{E9}\r")
        writer.pair("a", "x\"\\\u{1}\u{7F}\u{E9}\n")
        writer.pair("b c", -1)
        writer.pair("", Int64.min)
        writer.table(["d", "e.f"])
        writer.pair("g", true)
        writer.pair("h", ["x", ""])
        writer.pair("i", [1, 2])
        writer.pair("j", [String]())
        writer.pair("k", [[1, 2], []])
        writer.pair("l", [(name: "m", value: "x"), (name: "n.o", value: "\"")])
        writer.pair("p", [(name: String, value: String)]())
        let text = """
            # one
            #
            # two\u{FFFD}\t\u{E9}\u{FFFD}
            a = "x\\"\\\\\\x01\\x7F\u{E9}\\n"
            "b c" = -1
            "" = -9223372036854775808

            [d."e.f"]
            g = true
            h = ["x", ""]
            i = [1, 2]
            j = []
            k = [[1, 2], []]
            l = {m = "x", "n.o" = "\\""}
            p = {}

            """
        #expect(writer.text == text)
    }

    /// Escapes that both versions have, or the shorter ones of TOML 1.1.
    @Test func writesTheEscapesOfTheVersion() throws {
        let string = "\u{0}\u{1B}\u{7F}\u{85}\u{200E}\t"
        for (version, value) in [
            (TOMLVersion.v1_0, #""\u0000\u001B\u007F\u0085\u200E\t""#), (.v1_1, #""\x00\e\x7F\x85\u200E\t""#),
        ] {
            var writer = TOMLWriter(version: version)
            writer.pair("a", string)
            #expect(writer.text == "a = \(value)\n")
            #expect(try TOMLDocument(parsing: writer.utf8, version: version).table["a"]?.string == string)
        }
    }

    /// Random names and strings, of all kinds of scalars, are read back scalar by scalar.
    @Test(arguments: UInt64(1)...40)
    func isReadBackEqual(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var writer = TOMLWriter()
        var tree: [String] = []
        for number in 0..<20 {
            // The number makes the name unique.
            let path = (0...Int.random(in: 0...2, using: &random)).map { _ in randomText(&random) } + ["\(number)"]
            let string = randomText(&random)
            let strings = (0..<Int.random(in: 0...3, using: &random)).map { _ in randomText(&random) }
            let integer = Int.random(in: .min ... .max, using: &random)
            writer.comment(string)
            writer.table(path)
            writer.pair(string, string)
            writer.pair(string + "1", integer)
            writer.pair(string + "2", strings)
            writer.pair(string + "3", [integer, 0])
            writer.pair(string + "4", number.isMultiple(of: 2))
            tree.append("\([path, [string], strings]) \(integer)")
        }
        let document = try TOMLDocument(parsing: Array(writer.text.utf8))
        var readBack: [String] = []
        try collect(document.table, path: [], into: &readBack)
        #expect(Set(readBack.map { Array($0.utf8) }) == Set(tree.map { Array($0.utf8) }))
    }

    /// Each ASCII character and some others, alone.
    @Test func eachCharacterIsReadBackEqual() throws {
        for scalar in (0...0xFF).map({ Unicode.Scalar(UInt8($0)) }) + [
            "\u{2028}", "\u{FEFF}", "\u{10FFFF}", "\u{1F600}",
        ] {
            var writer = TOMLWriter()
            writer.comment(String(scalar))
            writer.pair(String(scalar), String(scalar))
            let table = try TOMLDocument(parsing: Array(writer.text.utf8)).table
            #expect(table.first.map { Array($0.key.name.unicodeScalars) } == [scalar])
            #expect(table.first?.value.string.map { Array($0.unicodeScalars) } == [scalar])
        }
    }

    /// The tables that contain a boolean, in the form that the test expects.
    private func collect(_ table: TOMLTable, path: [String], into tree: inout [String]) throws {
        if table.count >= 5, table[4].value.boolean != nil {
            let string = try #require(table[0].value.string)
            #expect(Array(table[0].key.name.utf8) == Array(string.utf8))
            let integer = try #require(table[1].value.integer)
            #expect(table[3].value.array?.map(\.integer) == [integer, 0])
            let strings = try #require(table[2].value.array).compactMap(\.string)
            tree.append("\([path, [string], strings]) \(integer)")
        }
        for (key, value) in table {
            guard let inner = value.table else { continue }
            try collect(inner, path: path + [key.name], into: &tree)
        }
    }

    private func randomText(_ random: inout SeededGenerator) -> String {
        let pool: [ClosedRange<UInt32>] = [0...0x20, 0x20...0x7F, 0x61...0x7A, 0x80...0xD7FF, 0xE000...0x10FFFF]
        var text = ""
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let range = pool[Int.random(in: 0..<pool.count, using: &random)]
            guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) else { continue }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}
