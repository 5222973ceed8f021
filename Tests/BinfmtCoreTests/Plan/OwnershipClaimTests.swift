// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct OwnershipClaimTests {
    private static let name = EntryName(observed: "a".utf8)
    private static let file = HeldFiles(
        FileIdentity(device: 1, inode: 2, size: 3, modified: FileTime(seconds: 4, nanoseconds: 5)))

    private static func observed(_ name: EntryName = name) -> ObservedEntry {
        ObservedEntry(
            name: name, registration: RegistrationIdentity(inode: 7), status: .failure(.missing("interpreter")))
    }

    private static func record(_ inode: UInt64?) -> Ownership.Record {
        Ownership.Record(registration: inode.map { RegistrationIdentity(inode: $0) }, interpreter: file)
    }

    @Test(
        arguments: [
            (record(7), Ownership.Claim.recorded, true), (record(nil), .announced, true),
            (record(8), .superseded, false),
            (nil, .none, false),
        ] as [(Ownership.Record?, Ownership.Claim, Bool)])
    func theRecordTellsWhoseAnEntryIs(_ record: Ownership.Record?, _ claim: Ownership.Claim, _ isOurs: Bool) {
        #expect(Ownership.Claim(record, on: Self.observed()) == claim)
        #expect(Ownership.Claim(record, on: nil) == .none)
        let ownership = Ownership(records: record.map { [Self.name: $0] } ?? [:])
        #expect(ownership.owns(Self.observed()) == isOurs)
        #expect(ownership.heldFiles(of: Self.observed()) == (claim == .recorded ? Self.file : nil))
    }

    /// What another program removed while a plan was carried out is repaired by the next pass, as what was removed before.
    @Test func anEntryThatVanishesDuringAPassStaysRecorded() throws {
        let scene = ReportScene()
        let configuration = scene.configuration("a", "b")
        let registry = ModelRegistry()
        _ = registry.perform([.register(try RegisterString(scene.entry("a")))])
        let before = try registry.observe()
        let record = Ownership.Record(registration: before.entries[0].registration)
        let ownership = Ownership(records: [Self.name: record])
        let plan = scene.plan(configuration, before, ownership)
        #expect(plan.changes.map(\.name) == [scene.name("b")])
        _ = registry.perform(plan.steps.map(\.write) + [.unregister(Self.name)])

        let after = try registry.observe()
        let recorded = ownership.recorded(after: plan, after)
        #expect(recorded.records[Self.name] == record)
        let next = scene.plan(configuration, after, recorded)
        #expect(next.changes.map(\.name) == [Self.name] && next.changes.map(\.cause) == [.removed])
    }

    @Test func everyStandInIsOurs() {
        #expect(Ownership().owns(Self.observed(Self.name.standIn)))
    }
}
