// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import TestSupport
import Testing

@testable import binfmtctl

/// The description of the interface names what the replies have.
@Suite struct VarlinkInterfaceTests {
    /// All names of members in a document.
    private static func keys(_ value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members): members.values.reduce(into: Set(members.keys)) { $0.formUnion(keys($1)) }
        case .array(let values): values.reduce(into: []) { $0.formUnion(keys($1)) }
        default: []
        }
    }

    @Test func describesEachMemberOfTheReplies() throws {
        let description = try #require(VarlinkInterface.description(of: VarlinkInterface.name))
        let members = Set(description.matches(of: #/\n  ([a-z_]+): /#).map { String($0.1) })
        let status = try VarlinkReply.json(StatusDocument(HostStatus.sample()))
        var replied = Self.keys(try JSONValue(parsing: status))
        // What the sample has not: BPF handlers, issues, and the documents of platforms.
        replied.formUnion(["handler", "interpreters", "platforms", "problem", "runs", "native", "entry", "emulator"])
        replied.formUnion(["column", "severity", "message"])
        #expect(members.symmetricDifference(replied) == [])
    }

    /// The grammar of Varlink: fields begin with a letter, and have no hyphen.
    @Test func namesAreVarlinks() throws {
        let status = try VarlinkReply.json(StatusDocument(HostStatus.sample()))
        for key in Self.keys(try JSONValue(parsing: status)) {
            #expect(key.wholeMatch(of: /[A-Za-z](_?[A-Za-z0-9])*/) != nil, "\(key)")
        }
        #expect(!status.contains("\n") && !status.contains("\0"))
    }

    @Test func aReplyIsEscapedAndEndsWithANUL() throws {
        let text = try VarlinkReply.text(.methodNotFound("a\u{0}\"b"))
        #expect(text.last == 0 && text.dropLast().allSatisfy { $0 != 0 })
        let reply = try JSONValue(parsing: String(decoding: text.dropLast(), as: UTF8.self))
        #expect(reply["parameters"]?["method"] == .string("a\u{0}\"b"))
        #expect(VarlinkReply.text("{}", continues: true) == Array(#"{"parameters":{},"continues":true}"#.utf8) + [0])
    }

    /// Clients print replies: a C1 control is escaped as in the documents of `--json`.
    @Test func aReplyIsHarmlessOnATerminal() throws {
        #expect(try VarlinkReply.json(["reason": "a\u{9b}31m"]) == #"{"reason":"a\u009b31m"}"#)
    }
}
