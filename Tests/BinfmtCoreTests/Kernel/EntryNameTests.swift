// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct EntryNameTests {
    @Test(arguments: [
        ("", EntryName.Invalid.empty), (".", .reserved), ("..", .reserved), ("register", .reserved),
        ("status", .reserved), ("a/b", .slash), ("a\nb", .controlCharacter), ("a\u{7f}", .controlCharacter),
        ("a\u{85}", .controlCharacter), ("~binfmtd~a", .standInPrefix),
        (String(repeating: "a", count: 247), .tooLong(247, limit: 246)),
        (String(repeating: "é", count: 124), .tooLong(248, limit: 246)),
    ])
    func refuses(_ text: String, _ reason: EntryName.Invalid) {
        #expect(throws: reason) { try EntryName(declaring: text) }
    }

    @Test(arguments: ["a", "python3.12", "with blank", "größe", "...", "Register", String(repeating: "a", count: 246)])
    func accepts(_ text: String) throws {
        #expect(try EntryName(declaring: text).description == text)
    }

    @Test func differsByItsBytesEvenWhereTextsAreEquivalent() throws {
        let composed = try EntryName(declaring: "\u{e9}")
        let decomposed = try EntryName(declaring: "e\u{301}")
        #expect(composed != decomposed)
    }

    @Test func hasAStandInThatFitsAFileName() throws {
        let name = try EntryName(declaring: String(repeating: "a", count: 246))
        #expect(name.standIn.bytes.count == 255)
        #expect(name.standIn.standInFor == name)
        #expect(name.standInFor == nil)
    }

    @Test func isSafeOnATerminal() {
        #expect(EntryName(observed: Array("a\u{1b}[31m\n".utf8)).description == "a\\x1b[31m\\x0a")
        #expect(EntryName(observed: [0x61, 0xff]).description == "a\\xff")
    }
}
