// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct ChangeTests {
    private static let other = EntryName(observed: "other".utf8)

    private static let causes: [ChangeCause] = [
        .declared, .removed, .standInServed, .differs([]), .stale("/a"), .unknownFile, .reregistered,
        .mustPrecede(other), .overtaken(other), .disabled, .undeclared, .deselected(.unlisted(nil)),
        .withheld(.disabled), .flushed, .leftover, .released, .foreign,
    ]

    private static func changes(of kinds: [Change.Kind]) -> [Change] {
        kinds.flatMap { kind in
            causes.map { Change(kind: kind, name: other, cause: $0, before: nil, after: nil) }
        }
    }

    private static func names(_ changes: [Change]) -> [String] {
        changes.map { "\($0.kind) \($0.cause.code.rawValue)" }
    }

    /// `status` counts these. A repair that has two passes counts once, at its beginning.
    @Test func aRepairUndoesWhatAnotherProgramDid() {
        let registering = Self.changes(of: [.register, .replace, .reorder]).filter(\.isRepair)
        #expect(
            Self.names(registering) == [
                "register removed", "register re-registered", "register overtaken", "replace removed",
                "replace re-registered", "replace overtaken", "reorder removed", "reorder re-registered",
                "reorder overtaken",
            ])
        #expect(Self.changes(of: [.serve]).filter { !$0.isRepair }.map(\.cause.code) == [.standInServed, .mustPrecede])
        #expect(Self.changes(of: [.enable]).filter { !$0.isRepair }.map(\.cause.code) == [.standInServed])
        #expect(
            Self.changes(of: [.unregister]).filter(\.isRepair).map(\.cause.code) == [
                .removed, .reregistered, .overtaken,
            ])
    }

    /// Two programs that want different things may fight for ever; one that only removes entries wants nothing.
    @Test func onlyAProgramThatWantsSomethingElseContestsAnEntry() {
        let contested = Self.changes(of: Change.Kind.allCases.filter { $0 != .enable }).filter(\.isContested)
        #expect(Self.names(contested) == ["serve differs", "serve overtaken"])
        #expect(Self.changes(of: [.enable]).filter { !$0.isContested }.isEmpty)
    }
}
