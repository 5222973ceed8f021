// SPDX-License-Identifier: Apache-2.0

extension Report {
    /// The state of the host after a pass, in one word.
    package enum Verdict: String, CaseIterable, Sendable {
        case inSync = "in-sync"
        /// The next pass has something to do.
        case pending
        /// Something declared is not in the kernel, and an administrator has to look.
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
        let isDegraded =
            configuration.isBroken || outcomes.contains { $0.failure != nil }
            || plan.items.contains { $0.state.needsAttention }
        self = isDegraded ? .degraded : plan.isInSync ? .inSync : .pending
    }
}

extension EntryState {
    /// Whether an administrator has to look at an entry of this state.
    fileprivate var needsAttention: Bool {
        switch self {
        case .refused, .suspended, .failed: true
        case .active, .pending, .waiting, .stale, .shadowed, .yielded, .disabled, .masked, .foreign: false
        }
    }
}
