// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct DaemonStatusTests {
    private static func sample() -> DaemonStatus {
        var status = DaemonStatus(process: 42, verdict: .degraded)
        status.root = DirectoryIdentity(device: .max, inode: 256)
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

    /// (Report B13: a status of more than 1 MiB could be written but not read, and `reload` said that no daemon runs.)
    @Test func howeverMuchIsKnownItCanBeRead() throws {
        var status = DaemonStatus(process: 42, verdict: .degraded)
        let long = String(repeating: "é\n\u{1b}\"", count: 1000)
        status.summary = long
        status.errors = (0..<3000).map { "\($0): \(long)" }
        for number in 0..<4000 {
            var record = DaemonStatus.Record()
            record.failure = ReportedReason(code: .writeFailed, long)
            record.suspension = ReportedReason(code: .suspended, long)
            let name = [UInt8](repeating: 0x07, count: 240) + Array("\(number)".utf8)
            status.entries[EntryName(observed: name)] = record
        }
        let text = status.text
        #expect(text.count > DaemonStatus.maximumSize / 2)
        #expect(text.count <= DaemonStatus.maximumSize)
        let read = try #require(DaemonStatus(parsing: text))
        #expect(read.process == 42)
        #expect(read.errors.count == IssueList.limit + 1)
        #expect(read.errors.last == "\(3000 - IssueList.limit) more errors are not listed; see the journal")
        #expect(read.entries.count > 100)
        #expect(read.entries.count < 4000)
        let note = "# \(4000 - read.entries.count) more entries are not listed.\n"
        #expect(text.suffix(note.utf8.count).elementsEqual(note.utf8))
        #expect(read.entries.values.allSatisfy { ($0.failure?.description ?? "").utf8.count < 1010 })
    }

    /// Ten thousand entries with an ordinary reason are all kept.
    @Test func thousandsOfEntriesHaveRoom() throws {
        var status = DaemonStatus(process: 42, verdict: .degraded)
        for number in 0..<10_000 {
            var record = DaemonStatus.Record()
            record.repairs = 1
            record.failure = ReportedReason(
                code: .writeFailed, "cannot write /proc/sys/fs/binfmt_misc/register: no space")
            status.entries[EntryName(observed: "qemu-\(number)".utf8)] = record
        }
        #expect(DaemonStatus(parsing: status.text) == status)
    }

    /// Names that are no text stay different, and do not make the file invalid.
    @Test func anyNameIsReadBackEqual() {
        var status = DaemonStatus(process: 42, verdict: .inSync)
        let names: [[UInt8]] = [
            [0xff], [0xfe], [0xc3], Array("\u{fffd}".utf8), Array("ff".utf8), [0x0a, 0x1b], [0x22, 0x5c],
        ]
        for (number, name) in names.enumerated() {
            var record = DaemonStatus.Record()
            record.repairs = number + 1
            status.entries[EntryName(observed: name)] = record
        }
        #expect(DaemonStatus(parsing: status.text) == status)
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
