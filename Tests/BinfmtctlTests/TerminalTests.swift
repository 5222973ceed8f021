// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import binfmtctl

@Suite struct TerminalTests {
    private func terminal(_ width: Int? = nil, hasColor: Bool = false) -> Terminal {
        Terminal(width: width, hasColor: hasColor)
    }

    // MARK: - Colours

    @Test func stylesOnlyWithColours() {
        #expect(terminal(hasColor: true).styled("text", .red) == "\u{1b}[31mtext\u{1b}[0m")
        #expect(terminal(hasColor: true).styled("text", .plain) == "text")
        #expect(terminal(hasColor: false).styled("text", .red) == "text")
    }

    /// no-color.org: any value that is not empty turns colours off.
    @Test func noColorTurnsColoursOff() {
        func hasColor(_ noColor: String?, isTerminal: Bool = true, type: String? = "xterm") -> Bool {
            Terminal.hasColor(isTerminal: isTerminal, noColor: noColor, type: type)
        }
        #expect(hasColor(nil))
        #expect(hasColor(""))
        #expect(!hasColor("1"))
        #expect(!hasColor("0"))
        #expect(!hasColor(nil, isTerminal: false))
        // Report D10: a terminal without colours.
        #expect(!hasColor(nil, type: "dumb"))
        #expect(hasColor(nil, type: nil))
    }

    @Test func coloursHaveNoWidth() {
        #expect(terminal(hasColor: true).styled("größe", .red).columns == 5)
        #expect("".columns == 0)
        #expect("a\u{1b}[0mm".columns == 2)
    }

    // MARK: - Tables

    private let rows = [
        [Cell("NAME"), Cell("PATH"), Cell("END")],
        [Cell("a-rather-long-name"), Cell("/usr/lib/interpreter"), Cell("x")],
    ]

    @Test func columnsAreAligned() {
        #expect(
            terminal().table(rows) == """
                NAME                PATH                  END
                a-rather-long-name  /usr/lib/interpreter  x
                """)
    }

    @Test func theWidestColumnsAreCut() {
        let table = terminal(36).table(rows)
        #expect(
            table == """
                NAME            PATH             END
                a-rather-long…  …ib/interpreter  x
                """)
        #expect(table.split(separator: "\n").allSatisfy { $0.count <= 36 })
    }

    /// A terminal that is still too narrow gets longer lines, not empty columns.
    @Test func noColumnIsCutBelowEight() {
        #expect(
            terminal(10).table(rows) == """
                NAME      PATH      END
                a-rathe…  …rpreter  x
                """)
    }

    @Test func colouredCellsAreAlignedToo() {
        let cells = [[Cell("a", .green), Cell("b")], [Cell("long"), Cell("c")]]
        #expect(terminal(hasColor: true).table(cells) == "\u{1b}[32ma\u{1b}[0m     b\nlong  c")
    }

    @Test func roomIsWhereNothingIsCut() {
        #expect(terminal(45).hasRoom(for: rows))
        #expect(!terminal(44).hasRoom(for: rows))
        #expect(terminal().hasRoom(for: rows))
        #expect(terminal(1).hasRoom(for: []))
        #expect(terminal(80).table([]) == "")
    }
}
