// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// What a pass did, and how things stand after it.
package struct Pass {
    let look: HostSources.Look
    package let applied: PlanApplication
    /// What other programs did that the pass found.
    package let incident: Incident
    /// Made after the last write: empty only if the kernel is as it should be.
    package let remaining: Plan
    /// What is wrong with the state directory.
    package let stateProblems: [String]
    /// After what time to make another pass although nothing may happen until then; nil if not at all.
    package let nextPass: Duration?
    /// Whether a call failed that may succeed the next time, which no event would report.
    package let hasFailed: Bool

    package var configuration: Configuration { look.configuration }

    /// Where a change can change the configuration.
    package var configurationDependencies: PathDependencies { look.configurationDependencies }

    /// Where a change can change an interpreter.
    package var interpreterDependencies: PathDependencies { look.interpreterDependencies }

    /// What it has to say.
    package func report(_ trigger: Trigger) -> Report {
        Report(
            trigger, configuration, applied.outcomes, enabling: applied.enabling, incident: incident, after: remaining)
    }
}
