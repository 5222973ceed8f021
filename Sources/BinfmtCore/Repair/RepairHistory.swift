// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What earlier passes know and a plan needs: who else writes to the registry, what vanished and may come back, what was
/// given up, and what the kernel refused. Every moment is the time since some fixed one.
package struct RepairHistory: Sendable {
    private var disturbance = Disturbance()
    private var budget = RepairBudget()
    private var fileGrace = FileGrace()
    private var interpreterGrace = InterpreterGrace()
    /// Foreign entries that a flush of the whole table took, the oldest first.
    private var lost: [Entry] = []
    /// What other programs did and that is not over yet.
    private var incident = Incident()
    /// What the kernel refused the last time, and why.
    private var failures: [EntryName: FailureReason] = [:]
    /// Entries that another process reports as suspended; this one has no budget of its own for them.
    private var reportedSuspensions: [EntryName: SuspensionReason] = [:]

    package init() {}

    /// What a look beside a daemon knows: what the daemon reports.
    package init(failures: [EntryName: FailureReason], suspensions: [EntryName: SuspensionReason]) {
        self.failures = failures
        reportedSuspensions = suspensions
    }

    /// Notes which files count, and which foreign entries other programs removed since the last pass.
    package mutating func note(
        _ observed: ObservedState, _ ownership: Ownership, files: [FilePath], _ policy: DaemonSettings.ForeignPolicy,
        at now: Duration
    ) {
        fileGrace.look(files, at: now)
        if policy == .protect {
            lost += disturbance.flushedSinceLastPass(observed).filter { !ownership.owns($0) }.compactMap(\.entry)
                .reversed()
        } else {
            lost = []
        }
        let removed = disturbance.removedSinceLastPass(observed)
        incident.removedForeign += removed.filter { !ownership.owns($0) }.map(\.name)
        disturbance.noteFound(observed, at: now)
    }

    /// Notes what interpreters' paths lead to.
    ///
    /// - Returns: those that went away and may still come back.
    package mutating func vanished(
        _ interpreters: [HashedPath: InterpreterFile], _ observed: ObservedState, _ ownership: Ownership,
        at now: Duration
    ) -> Set<FilePath> {
        interpreterGrace.look(
            interpreters, at: now, known: observed.entries.filter(ownership.owns).compactMap(\.entry?.interpreter))
    }

    /// Notes what became of a plan.
    ///
    /// - Parameters:
    ///   - plan: what was to be done; it had something to do.
    ///   - after: the table now.
    package mutating func note(_ applied: PlanApplication, of plan: Plan, after: ObservedState, at now: Duration) {
        disturbance.noteLeft(after)
        for change in applied.outcomes.map(\.change) where change.isContested {
            budget.spend(on: change.name, rival: change.before, at: now)
        }
    }

    /// Ends a pass.
    ///
    /// - Parameter served: the entries that the pass began to repair.
    /// - Returns: what other programs did that the pass found.
    package mutating func endPass(
        _ applied: PlanApplication, served: [EntryName], at now: Duration
    ) -> Incident {
        failures = applied.failures
        let found = incident
        if disturbance.remaining(at: now) == nil {
            lost = []
            incident = Incident()
        } else {
            if !served.isEmpty { incident.removedForeign = [] }
            incident.told.formUnion(served)
        }
        return found
    }

    /// Forgets what the registry had, because there is another one.
    package mutating func forgetRegistry() { disturbance = Disturbance() }

    /// What bears on a plan now.
    package func circumstances(_ configuration: Configuration, at now: Duration) -> Plan.Circumstances {
        var circumstances = Plan.Circumstances()
        circumstances.policy = configuration.daemon.foreignPolicy
        circumstances.broken = configuration.brokenFiles
        circumstances.isFileMissing = fileGrace.remaining(at: now) != nil
        circumstances.isQuiet = disturbance.remaining(at: now) == nil
        circumstances.lost = lost
        circumstances.suspended = reportedSuspensions.merging(budget.suspended(at: now).mapValues(\.reason)) { $1 }
        circumstances.failures = failures
        circumstances.masked = configuration.masked
        return circumstances
    }

    /// How long it is until something changes although nothing may happen until then; nil if nothing will.
    package func nextWake(at now: Duration) -> Duration? {
        let waits = [
            disturbance.remaining(at: now), budget.remaining(at: now), interpreterGrace.remaining(at: now),
            fileGrace.remaining(at: now),
        ]
        return waits.compactMap(\.self).min()
    }
}
