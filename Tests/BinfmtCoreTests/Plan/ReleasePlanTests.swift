// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

/// The entries that `binfmtctl release` unregisters.
@Suite struct ReleasePlanTests {
    private static func name(_ text: String) -> EntryName { EntryName(observed: text.utf8) }

    /// `a` and `b` are ours, `c` is foreign; `a` and `gone` have left-over stand-ins.
    private static func scene() throws -> (observed: ObservedState, ownership: Ownership) {
        let registry = ModelRegistry()
        func string(_ name: String) throws -> RegisterString {
            try RegisterString(try RegisterLine(Array(":\(name):E::\(name)::/i:".utf8)).entry)
        }
        for name in ["a", "b", "c"] { try registry.perform(.register(string(name))) }
        for name in ["a", "gone"] { try registry.perform(.register(string(name).standIn)) }
        let observed = try registry.observe()
        var ownership = Ownership()
        for name in ["a", "b"].map(name) {
            ownership.records[name] = Ownership.Record(registration: observed[name]?.registration)
        }
        return (observed, ownership)
    }

    @Test func releasesAllThatIsOurs() throws {
        let (observed, ownership) = try Self.scene()
        let plan = Plan(releasing: nil, observed, ownership)
        #expect(
            plan.canonicalText == """
                - ~binfmtd~gone unregister: released
                - ~binfmtd~a unregister: released
                - b unregister: released
                - a unregister: released
                > unregister '~binfmtd~gone'
                > unregister '~binfmtd~a'
                > unregister 'b'
                > unregister 'a'

                """)
    }

    /// Its stand-in is released too, but no other entry and no other entry's stand-in.
    @Test func releasesANamedEntryAlone() throws {
        let (observed, ownership) = try Self.scene()
        let plan = Plan(releasing: [Self.name("a")], observed, ownership)
        #expect(plan.changes.map(\.name.description) == ["~binfmtd~a", "a"])
    }

    @Test func releasesTheLeftOverStandInOfANamedEntry() throws {
        let (observed, ownership) = try Self.scene()
        let plan = Plan(releasing: [Self.name("gone")], observed, ownership)
        #expect(plan.changes.map(\.name.description) == ["~binfmtd~gone"])
    }

    @Test func releasesNothingForeign() throws {
        let (observed, ownership) = try Self.scene()
        #expect(Plan(releasing: [Self.name("c")], observed, ownership).steps == [])
    }
}
