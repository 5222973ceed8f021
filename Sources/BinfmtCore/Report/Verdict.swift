// SPDX-License-Identifier: Apache-2.0

extension Report {
    /// The state of the host after a pass, in one word.
    package enum Verdict: String, CaseIterable, Sendable {
        case inSync = "in-sync"
        /// The next pass has something to do.
        case pending
        /// An entry is not as declared, and the next pass will not change that.
        case degraded
        /// There is no registry.
        case unavailable
        /// Another binfmtd keeps the registry; this one waits for its end.
        case standby
    }
}

extension Report.Verdict {
    /// - Parameter plan: what would be to do after the pass.
    init(_ configuration: Configuration, _ outcomes: [Outcome], after plan: Plan) {
        let isDegraded = configuration.isBroken || outcomes.contains { $0.failure != nil }
        let entries = Self(plan.items.lazy.map(\.state))
        self = isDegraded || entries == .degraded ? .degraded : plan.isInSync ? .inSync : .pending
    }

    /// The verdict about some entries alone.
    package init(_ entries: some Sequence<EntryState>) {
        var verdict = Self.inSync
        for state in entries where !state.isAsDeclared {
            if !state.endsByItself {
                self = .degraded
                return
            }
            verdict = .pending
        }
        self = verdict
    }
}

extension EntryState {
    /// Whether the next pass ends an entry's state.
    fileprivate var endsByItself: Bool { self == .pending || self == .stale }
}
