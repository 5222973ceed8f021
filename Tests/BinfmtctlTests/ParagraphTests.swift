// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import binfmtctl

@Suite struct ParagraphTests {
    private let text = "one two three four five six seven"

    private func terminal(_ width: Int?) -> Terminal { Terminal(width: width, hasColor: false) }

    @Test func proseIsBrokenToFitATerminal() {
        #expect(terminal(16).prose(text) == "one two three\nfour five six\nseven")
        #expect(terminal(13).prose(text, hanging: 2) == "one two three\n  four five\n  six seven")
    }

    @Test func proseIsLeftWholeForAnotherProgram() {
        let long = String(repeating: "word ", count: 100)
        #expect(terminal(nil).prose(long) == long)
    }

    /// Explanations are for people, even if they are not printed on a terminal.
    @Test func paragraphsAreAlwaysBroken() {
        let long = Array(repeating: "word", count: 100).joined(separator: " ")
        #expect(terminal(nil).measure == 80)
        #expect(terminal(nil).paragraph(long).split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(terminal(300).measure == 100)
        #expect(terminal(300).paragraph(long).split(separator: "\n").first?.count == 99)
    }

    @Test func aLabelStandsInTheIndentation() {
        #expect(
            terminal(20).paragraph("one two three", indentation: 8, label: "  F") == "  F     one two\n        three")
        #expect(terminal(20).paragraph("one", indentation: 4, label: "longer:") == "longer: one")
        #expect(terminal(20).paragraph("one", indentation: 4) == "    one")
    }

    @Test func aPathIsBrokenAfterASlash() {
        #expect(terminal(12).prose("see /usr/lib/interpreter now") == "see\n/usr/lib/\ninterpreter\nnow")
        #expect(terminal(8).prose("0123456789abcdef") == "01234567\n89abcdef")
    }

    @Test func coloursDoNotCount() {
        let colored = Terminal(width: 9, hasColor: true)
        let one = StyledText("one", .red)
        #expect(colored.prose([one, StyledText(" two")]) == "\u{1b}[31mone\u{1b}[0m two")
        #expect(colored.prose([one, StyledText(" two three")]).hasSuffix("two\nthree"))
    }

    @Test func nothingStaysNothing() {
        #expect(terminal(80).prose("") == "")
        #expect(terminal(80).paragraph("", indentation: 2) == "  ")
    }
}
