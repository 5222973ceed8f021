// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

/// Texts that a terminal or a log would obey. (Report B16)
@Suite struct PrintableTests {
    @Test(arguments: [
        ("", ""), ("plain text", "plain text"), ("größe 文字 😀", "größe 文字 😀"), ("\u{1b}[31mred", "\\x1b[31mred"),
        ("one\ntwo\r\tthree\0", "one\\x0atwo\\x0d\\x09three\\x00"), ("\u{7f}", "\\x7f"),
        // C1 control characters: U+009B is a CSI in one byte for some terminals.
        ("\u{80}\u{9b}31m\u{9f}", "\\xc2\\x80\\xc2\\x9b31m\\xc2\\x9f"), ("\u{a0}", "\u{a0}"),
        ("a\u{202e}b", "a\\xe2\\x80\\xaeb"),
        ("\u{202a}\u{2066}\u{2069}\u{2065}", "\\xe2\\x80\\xaa\\xe2\\x81\\xa6\\xe2\\x81\\xa9\u{2065}"),
        ("\u{200e}\u{200f}\u{61c}", "\\xe2\\x80\\x8e\\xe2\\x80\\x8f\\xd8\\x9c"),
        ("\u{2028}\u{2029}", "\\xe2\\x80\\xa8\\xe2\\x80\\xa9"),
    ])
    func escapesWhatATerminalObeys(_ text: String, _ printable: String) {
        #expect(text.printable == printable)
        #expect(Array(text.utf8).printable == printable)
        #expect(printable.printable == printable, "once")
        #expect(HostileText.obeyed(in: printable).isEmpty)
    }

    /// Two texts that are no UTF-8 stay two texts.
    @Test(
        arguments: [
            ([0xff], "\\xff"), ([0x61, 0xfe, 0x62], "a\\xfeb"), ([0xc3], "\\xc3"), ([0xe2, 0x80], "\\xe2\\x80"),
            ([0xe2, 0x80, 0x61, 0xc3, 0xb6], "\\xe2\\x80aö"), ([0xed, 0xa0, 0x80], "\\xed\\xa0\\x80"),
            ([0xf0, 0x9f, 0x98, 0x80, 0x80], "😀\\x80"), ([0xc0, 0x8a], "\\xc0\\x8a"),
        ] as [([UInt8], String)])
    func escapesBytesThatAreNoText(_ bytes: [UInt8], _ printable: String) {
        #expect(bytes.printable == printable)
        #expect(EntryName(observed: bytes).description == printable)
    }
}
