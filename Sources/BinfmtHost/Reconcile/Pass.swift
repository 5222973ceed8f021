// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The result of a pass, with the state after it.
package struct Pass {
    let look: HostSources.Look
    package let applied: PlanApplication
    /// Changes by other programs that the pass found.
    package let incident: Incident
    /// The plan made after the last write: empty only if the kernel's table is as declared.
    package let remaining: Plan
    /// Problems with the state directory.
    package let stateProblems: [String]
    /// The delay after which another pass is due even without an event; nil if none is due.
    package let nextPass: Duration?
    /// Whether a system call failed that may succeed the next time, so that no event would trigger a retry.
    package let hasFailed: Bool

    package var configuration: Configuration { look.configuration }

    /// The number of the look; an equal one has the same dependencies.
    package var lookNumber: Int { look.number }

    /// The directories in which a change can affect the configuration.
    package var configurationDependencies: PathDependencies { look.configurationDependencies }

    /// The directories in which a change can affect an interpreter.
    package var interpreterDependencies: PathDependencies { look.interpreterDependencies }

    /// The report of this pass.
    package func report(_ trigger: Trigger) -> Report {
        Report(
            trigger, configuration, applied.outcomes, enabling: applied.enabling, incident: incident, after: remaining,
            foreign: look.foreign)
    }
}
