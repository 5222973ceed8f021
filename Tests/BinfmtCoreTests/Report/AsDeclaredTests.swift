// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Testing

/// Report D1: one rule decides which states are as declared, in every command and in the daemon.
@Suite struct AsDeclaredTests {
    @Test func eachStateIsAsDeclaredOrNot() {
        let good: Set<EntryState> = [.active, .native, .shadowed, .yielded, .disabled, .masked, .foreign]
        #expect(Set(EntryState.allCases.filter(\.isAsDeclared)) == good)
        for state in EntryState.allCases {
            #expect((Report.Verdict([state]) == .inSync) == state.isAsDeclared, "\(state)")
        }
    }

    @Test func theVerdictIsThatOfTheWorstEntry() {
        #expect(Report.Verdict([EntryState]()) == .inSync)
        #expect(Report.Verdict([.active, .pending]) == .pending)
        #expect(Report.Verdict([.stale]) == .pending)
        #expect(Report.Verdict([.pending, .refused, .active]) == .degraded)
        #expect(Report.Verdict([.waiting]) == .degraded)
    }
}
