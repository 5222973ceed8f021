// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import Testing

@Suite struct TableReaderTests {
    @Test func readsWhatIsThere() throws {
        let toml = "a = 'x'\nb = 2\nc = 1.5\nd = true\ne = ['y', 'z']\nf = 'w'\n[g]\n"
        var reader = TOMLTableReader(try TOMLDocument(parsing: toml).table)
        #expect(reader.string("a")?.value == "x")
        #expect(reader.string("a")?.position == SourcePosition(line: 1, column: 5))
        #expect(reader.integer("b")?.value == 2)
        #expect(reader.integer("b", in: 0...2)?.value == 2)
        #expect(reader.float("c")?.value == 1.5)
        #expect(reader.boolean("d")?.value == true)
        #expect(reader.strings("e")?.map(\.value) == ["y", "z"])
        #expect(reader.strings("f")?.map(\.value) == ["w"])
        #expect(reader.table("g")?.isEmpty == true)
        #expect(reader.string("nothing") == nil)
        reader.rejectUnknownKeys()
        #expect(reader.mistakes.isEmpty)
    }

    @Test func collectsMistakes() throws {
        let toml = "depth = 'x'\nratio = 7\npaths = ['y', 1]\ndepht = 1\n\"\u{1B}\" = 1"
            .replacing("\u{1B}", with: "\\e")
        var reader = TOMLTableReader(try TOMLDocument(parsing: toml).table)
        #expect(reader.integer("depth") == nil)
        #expect(reader.integer("ratio", in: 0...5) == nil)
        #expect(reader.strings("paths") == nil)
        #expect(reader.unknownKeys.map(\.key.name) == ["depht", "\u{1B}"])
        #expect(reader.nearestKey(to: "dept") == "depth")
        reader.rejectUnknownKeys()
        #expect(
            reader.mistakes.map { "\($0.position.line):\($0.position.column) \($0)" } == [
                "1:9 'depth' must be an integer, not a string", "2:9 'ratio' must be from 0 to 5",
                "3:9 'paths' must be a string or a list of strings, not an array",
                "4:1 unknown key 'depht' (did you mean 'depth'?)", "5:1 unknown key '<U+001B>'",
            ])
    }
}
