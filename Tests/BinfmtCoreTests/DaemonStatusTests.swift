// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Testing

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
    func anythingElseIsNone(text: String) {
        #expect(DaemonStatus(parsing: Array(text.utf8)) == nil)
    }
}
