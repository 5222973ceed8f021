// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What a pass has to say.
package struct Report: Sendable {
    /// How the host stands after a pass, in one word.
    package enum Verdict: String, Sendable, CaseIterable {
        case inSync = "in-sync"
        /// Something is still to be done.
        case pending
        /// Something declared is not so, and a person has to look.
        case degraded
        /// There is no registry.
        case unavailable
        /// Another binfmtd keeps it; this one waits for its end.
        case standby
    }

    package let verdict: Verdict
    /// What was done, or could not be; said once.
    package let events: [Message]
    /// What is wrong as long as it lasts; said when it begins.
    package let standing: [Message]
    /// One line that a person can use.
    package let summary: String

    /// - Parameters:
    ///   - trigger: what the pass was made for.
    ///   - outcomes: what became of each change.
    ///   - enabling: what became of switching the registry as a whole on, if it was off.
    ///   - incident: what others did that the pass found.
    ///   - plan: what would be to do after the pass.
    package init(
        _ trigger: Trigger, _ configuration: Configuration, _ outcomes: [Outcome] = [],
        enabling: Result<Void, Outcome.Failure>? = nil, incident: Incident = Incident(), after plan: Plan
    ) {
        events = (enabling.map { [Self.message($0)] } ?? []) + Self.events(outcomes, incident, trigger)
        let failures = outcomes.compactMap { Self.failure($0, trigger) }
        standing =
            configuration.issues.map(Self.message) + plan.items.compactMap(Self.message)
            + plan.wanted.compactMap(Self.caveat) + failures

        let isDegraded =
            configuration.isBroken || !failures.isEmpty
            || plan.items.contains { $0.state == .refused || $0.state == .suspended || $0.state == .failed }
        verdict = isDegraded ? .degraded : plan.isInSync ? .inSync : .pending
        summary = Self.summary(configuration, plan)
    }

    /// The report of a pass that found no registry, or one that another program keeps.
    package init(_ trigger: Trigger, _ verdict: Verdict, _ reason: String) {
        self.verdict = verdict
        events = []
        let (level, kind): (Message.Level, Message.Kind) =
            verdict == .standby ? (.notice, .standby) : (.error, .unavailable)
        standing = [Message(level, kind, reason, [.init("BINFMT_TRIGGER", trigger.rawValue)])]
        summary = reason
    }
}
