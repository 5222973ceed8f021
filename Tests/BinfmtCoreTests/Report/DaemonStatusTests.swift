// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct DaemonStatusTests {
    private static func sample() -> DaemonStatus {
        var status = DaemonStatus(process: 42, verdict: .degraded)
        status.summary = "Entries: 1 failed"
        status.errors = ["x: \"quoted\"\n", "y"]
        status.reloadsBegun = 3
        status.reloadsEnded = 2
        var record = DaemonStatus.Record()
        record.repairs = 7
        record.repaired = 1_700_000_000
        record.failure = ReportedReason(code: .nameTaken, "cannot register 'a.b': no")
        status.entries[EntryName(observed: "a.b".utf8)] = record
        record = DaemonStatus.Record()
        record.suspension = ReportedReason(code: .suspended, "for a while")
        status.entries[EntryName(observed: "\u{e9}".utf8)] = record
        return status
    }

    @Test func isReadBackEqual() {
        #expect(DaemonStatus(parsing: Self.sample().text) == Self.sample())
    }

    @Test(arguments: ["", "version = 1", "version = 2\nprocess = 1\nverdict = \"in-sync\"", "[", "process = 1"])
    func anyOtherTextIsInvalid(text: String) {
        #expect(DaemonStatus(parsing: Array(text.utf8)) == nil)
    }

    /// A daemon and a client of two versions run side by side during an upgrade.
    @Test func ofAnotherVersionWhatIsKnownIsRead() throws {
        let text = """
            version = 1
            process = 42
            verdict = "degraded"
            weather = "fine"

            [entry.older]
            failure = "no"
            suspension = "for a while"

            [entry.newer]
            repairs = 2
            failure = "no"
            failure-code = "a-later-reason"
            mood = 3
            """
        let status = try #require(DaemonStatus(parsing: Array(text.utf8)))
        let older = try #require(status.entries[EntryName(observed: "older".utf8)])
        #expect(older.failure == ReportedReason(code: .writeFailed, "no"))
        #expect(older.suspension == ReportedReason(code: .suspended, "for a while"))
        let newer = try #require(status.entries[EntryName(observed: "newer".utf8)])
        #expect(newer.failure == ReportedReason(code: .writeFailed, "no"))
        #expect(newer.repairs == 2)
    }

    @Test func repairsAreCountedAndFailuresEnd() throws {
        var status = Self.sample()
        let name = EntryName(observed: "a.b".utf8)
        let repair = Change(kind: .serve, name: name, cause: .removed, before: nil, after: nil)
        let end = Change(kind: .register, name: name, cause: .standInServed, before: nil, after: nil)
        let other = Change(
            kind: .serve, name: EntryName(observed: "other".utf8), cause: .removed, before: nil, after: nil)
        let refused = Outcome.Failure(.unregister(name), .ioError)
        status.note(
            [
                Outcome(change: repair, result: .done), Outcome(change: end, result: .done),
                Outcome(change: other, result: .failed(refused)),
            ], after: ReportScene().plan(), at: 1_800_000_000)
        #expect(status.entries[name]?.repairs == 8)
        #expect(status.entries[name]?.repaired == 1_800_000_000)
        #expect(status.entries.values.allSatisfy { $0.failure == nil && $0.suspension == nil })
        #expect(status.entries[other.name] == nil)
    }

    @Test func takesFailuresAndSuspensionsFromThePlan() throws {
        var scene = ReportScene()
        scene.circumstances.failures[scene.name("a")] = .write(Outcome.Failure(.unregister(scene.name("a")), .ioError))
        scene.circumstances.suspended[scene.name("b")] = .contested(
            times: 10, window: .seconds(3), rival: nil, delay: .seconds(10))
        var status = DaemonStatus(process: 1, verdict: .degraded)
        status.note([], after: try scene.plan("a", "b"), at: 0)
        #expect(status.entries[scene.name("a")]?.failure?.code == .writeFailed)
        #expect(status.entries[scene.name("b")]?.suspension?.code == .suspended)
        #expect(status.entries.count == 2)
    }
}
