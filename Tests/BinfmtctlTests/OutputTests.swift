// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage
import TestSupport
import Testing

@testable import binfmtctl

@Suite struct ShellWordTests {
    @Test(arguments: [
        ("plain", "plain"), ("--root=/a/b", "--root=/a/b"), ("", "''"), ("two words", "'two words'"),
        ("qemu-*", "'qemu-*'"), ("it's", "'it'\\''s'"), ("'", "''\\'''"), ("$HOME", "'$HOME'"), ("größe", "'größe'"),
        ("a\nb", "'a\nb'"), ("~", "'~'"),
    ])
    func isQuotedWhereAShellNeedsIt(_ word: String, _ quoted: String) throws {
        #expect(ShellWord.quote(word) == quoted)
        let shell = try Program.run("sh", ["-c", "printf %s \(quoted)"])
        #expect(shell.output == word)
    }
}

@Suite struct TimestampTests {
    @Test func isWrittenInUTCAsRFC3339Specifies() {
        #expect(Timestamp(0).rfc3339 == "1970-01-01T00:00:00Z")
        #expect(Timestamp(1_769_860_800).rfc3339 == "2026-01-31T12:00:00Z")
        #expect(Timestamp(-1).rfc3339 == "1969-12-31T23:59:59Z")
        #expect("\(Timestamp(1_769_860_800))".contains(/^2026-01-3[01] [0-9:]{8} \S+$/))
    }
}

@Suite struct SourceExcerptTests {
    @Test func theCaretIsBelowTheColumn() {
        #expect(SourceExcerpt(line: "key = 5", column: 7, nil).text == "    key = 5\n          ^")
        #expect(SourceExcerpt(line: "\tkey = 5", column: 2, nil).text == "    \tkey = 5\n    \t^")
        #expect(SourceExcerpt(line: "größe = 5", column: 9, 80).text == "    größe = 5\n            ^")
        #expect(SourceExcerpt(line: "", column: 1, 80).text == "    \n    ^")
    }

    @Test func controlCharactersDoNotReachTheTerminal() {
        #expect(SourceExcerpt(line: "a\u{1b}[31mb\u{7f}", column: 1, nil).text == "    a\u{fffd}[31mb\u{fffd}\n    ^")
    }

    @Test(arguments: [1, 20, 60, 100, 120])
    func aLongLineIsCutAroundTheColumn(_ column: Int) {
        let line = (0..<120).map { String($0 % 10) }.joined()
        let rows = SourceExcerpt(line: line, column: column, 40).text.split(separator: "\n")
        #expect(rows.allSatisfy { $0.count <= 40 })
        let caret = rows[1].count - 1
        #expect(Array(rows[0])[caret] == Character(String((column - 1) % 10)))
    }
}

@Suite struct DocumentPathTests {
    private struct Paths: Document {
        let path: DocumentPath
        let none: OrNull<DocumentPath>
    }

    /// The text of a path, even if it has control characters.
    @Test func isThePathItself() throws {
        let paths = Paths(path: DocumentPath("/a\nb/größe"), none: OrNull(nil))
        let json = try JSONValue(parsing: paths.json)
        #expect(json["path"] == .string("/a\nb/größe"))
        #expect(json["none"] == .null)
    }

    /// Report D9: bytes that are no UTF-8 are not lost.
    @Test(arguments: [
        (Array("/opt/".utf8) + [0xff], #"/opt/\xff"#), (Array(#"/opt/\xff"#.utf8), #"/opt/\\xff"#),
        (Array("/größe/".utf8) + [0xc3, 0x28], #"/größe/\xc3("#), ([0x2f, 0xf0, 0x9f, 0x8d], #"/\xf0\x9f\x8d"#),
        (Array("/🍎".utf8), "/🍎"),
    ])
    func everyByteIsSpelled(_ bytes: [UInt8], _ text: String) throws {
        let paths = Paths(path: DocumentPath(FilePath(bytes: bytes)), none: OrNull(nil))
        #expect(try JSONValue(parsing: paths.json)["path"] == .string(text))
    }
}

@Suite struct PluralTests {
    @Test func theNounAgreesWithTheNumber() {
        #expect(counted(0, "entry", "entries") == "0 entries")
        #expect(counted(1, "entry", "entries") == "1 entry")
        #expect(counted(2, "entry", "entries") == "2 entries")
    }
}
