// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import binfmtctl

@Suite struct LiveTextTests {
    private let pipe = Terminal(width: nil, hasColor: false)

    private func terminal(_ height: Int) -> Terminal { Terminal(width: 80, height: height, hasColor: false) }

    @Test func withoutATerminalEachTextFollowsTheLast() {
        var live = LiveText()
        #expect(live.drawing(of: "a\nb", on: pipe) == "a\nb\n")
        #expect(live.drawing(of: "a\nb", on: pipe) == nil)
        #expect(live.drawing(of: "c", on: pipe) == "\nc\n")
    }

    @Test func onATerminalItIsInPlaceOfTheLast() {
        var live = LiveText()
        #expect(live.drawing(of: "a\nb", on: terminal(24)) == "\u{1b}[2J\u{1b}[Ha\u{1b}[K\nb\u{1b}[K\n\u{1b}[J")
        #expect(live.drawing(of: "a\nb", on: terminal(24)) == nil)
        #expect(live.drawing(of: "c", on: terminal(24)) == "\u{1b}[Hc\u{1b}[K\n\u{1b}[J")
        // It has another size.
        #expect(live.drawing(of: "c", on: terminal(25)) != nil)
    }

    @Test(arguments: [2, 3, 4, 5, 24])
    func neverScrolls(_ height: Int) throws {
        var live = LiveText()
        let drawn = live.drawing(of: "a\nb\nc\nd", on: terminal(height))
        let drawing = try #require(drawn)
        #expect(drawing.count { $0 == "\n" } <= height - 1)
        #expect(drawing.contains("more line") == (height < 5))
        if height == 4 { #expect(drawing.contains("a\u{1b}[K\nb\u{1b}[K\n… (2 more lines)")) }
    }
}
