// SPDX-License-Identifier: Apache-2.0

/// What a pass tells people: the messages for the journal, and how the host stands.
package struct Report: Sendable {
    package let verdict: Verdict
    /// What was done; nil if there was no pass.
    package let deeds: Deeds?
    /// What was done, as messages.
    package var events: [Message] { deeds?.messages ?? [] }
    /// What is wrong; each is logged when it begins, and again after it had ended.
    package let standing: [Message]
    /// One line about the whole host.
    package let summary: String

    /// - Parameters:
    ///   - trigger: what the pass was made for.
    ///   - outcomes: what became of each change.
    ///   - enabling: what became of switching the registry as a whole on, if it was off.
    ///   - incident: what other programs did that the pass found.
    ///   - plan: what would be to do after the pass.
    ///   - foreign: the interpreters of foreign entries.
    package init(
        _ trigger: Trigger, _ configuration: Configuration, _ outcomes: [Outcome] = [],
        enabling: Result<Void, Outcome.Failure>? = nil, incident: Incident = Incident(), after plan: Plan,
        foreign: [HashedPath: InterpreterFile] = [:]
    ) {
        deeds = Deeds(outcomes, enabling: enabling, incident, trigger)
        standing =
            configuration.issues.map(Self.message) + plan.items.compactMap(Self.message)
            + plan.items.compactMap { Self.risk($0, foreign) } + plan.wanted.flatMap { Self.caveats($0.desired) }
            + outcomes.compactMap { Self.failure($0, trigger) }
        verdict = Verdict(configuration, outcomes, after: plan)
        summary = Self.summary(configuration, Self.states(plan))
    }

    /// The report of a pass that found no registry, or one that another daemon keeps.
    package init(_ trigger: Trigger, _ verdict: Verdict, _ reason: String) {
        self.verdict = verdict
        deeds = nil
        let (level, kind): (Message.Level, Message.Kind) =
            verdict == .standby ? (.notice, .standby) : (.error, .unavailable)
        standing = [Message(level, kind, reason, [.init("BINFMT_TRIGGER", trigger.rawValue)])]
        summary = reason
    }
}
