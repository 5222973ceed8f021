// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore
@testable import binfmtctl

@Suite struct ReleaseTests {
    private let result: ReleaseResult

    init() throws {
        func change(_ name: String) -> Change {
            Change(kind: .unregister, name: EntryName(observed: name.utf8), cause: .released, before: nil, after: nil)
        }
        let failure = Outcome.Failure(.unregister(EntryName(observed: "stuck".utf8)), .ioError)
        result = ReleaseResult(
            verdict: .degraded,
            outcomes: [
                Outcome(change: change("free"), result: .done),
                Outcome(change: change("stuck"), result: .failed(failure)),
            ], count: "1 entry released.", reasons: [])
    }

    @Test func anEntryThatCannotBeReleasedIsNamed() {
        #expect(result.problems == ["Entry 'stuck': cannot unregister 'stuck': Input/output error"])
        #expect(result.summary == "1 entry released.")
    }

    @Test func theDocumentHasTheError() throws {
        let document = try JSONValue(parsing: ReleaseDocument(result).json)
        #expect(document["verdict"] == .string("degraded"))
        let changes = try #require(document["changes"]?.array)
        #expect(changes.map { $0["name"] } == [.string("free"), .string("stuck")])
        #expect(changes[0]["error"] == nil)
        #expect(changes[1]["error"] == .string("cannot unregister 'stuck': Input/output error"))
    }
}
