// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct OwnershipClaimTests {
    private static let name = EntryName(observed: "a".utf8)
    private static let file = FileIdentity(
        device: 1, inode: 2, size: 3, modified: FileTime(seconds: 4, nanoseconds: 5))

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
        #expect(ownership.heldFile(of: Self.observed()) == (claim == .recorded ? Self.file : nil))
    }

    @Test func everyStandInIsOurs() {
        #expect(Ownership().owns(Self.observed(Self.name.standIn)))
    }
}
