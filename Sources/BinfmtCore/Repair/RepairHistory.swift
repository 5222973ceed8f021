// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The knowledge of earlier passes that a plan needs: writes by other programs, files that disappeared and may come
/// back, suspended entries, and entries that the kernel refused. Every time is measured from some fixed moment.
package struct RepairHistory: Sendable {
    private var disturbance = Disturbance()
    private var budget = RepairBudget()
    private var fileGrace = FileGrace()
    private var interpreterGrace = InterpreterGrace()
    /// Foreign entries that a flush of the whole table removed, oldest first.
    private var lost: [LostEntry] = []
    /// The interpreters of foreign entries at the last look.
    private var foreign: [HashedPath: InterpreterFile] = [:]
    /// The changes by other programs that are not over yet.
    private var incident = Incident()
    /// The entries that the kernel refused in the last pass, with the reason.
    private var failures: [EntryName: FailureReason] = [:]
    /// Entries that the daemon reports as suspended to a process that only looks, which has no repair budget itself.
    private var reportedSuspensions: [EntryName: SuspensionReason] = [:]

    package init() {}

    /// Makes the history of a process that only looks, from the status of a running daemon.
    package init(failures: [EntryName: FailureReason], suspensions: [EntryName: SuspensionReason]) {
        self.failures = failures
        reportedSuspensions = suspensions
    }

    /// Notes the effective files, and the foreign entries that other programs removed since the last pass.
    package mutating func note(
        _ observed: ObservedState, _ ownership: Ownership, files: [FilePath], _ policy: DaemonSettings.ForeignPolicy,
        foreign: [HashedPath: InterpreterFile] = [:], at now: Duration
    ) {
        fileGrace.look(files, at: now)
        if policy == .protect {
            let flushed = disturbance.flushedSinceLastPass(observed).filter { !ownership.owns($0) }
            lost += flushed.reversed().compactMap { found in
                found.entry.map { LostEntry($0, self.foreign, wasDisabled: !found.isEnabled) }
            }
            lost = lost.map { $0.compared(with: foreign) }
            incident.removedForeign = lost.filter(\.hasChanged).map(\.entry.name)
            incident.isProtected = true
        } else {
            lost = []
            let removed = disturbance.removedSinceLastPass(observed)
            incident.removedForeign += removed.filter { !ownership.owns($0) }.map(\.name)
        }
        self.foreign = foreign
        disturbance.noteFound(observed, at: now)
    }

    /// The interpreters of foreign entries that are gone, if they are to be restored.
    package func lostInterpreters(_ observed: ObservedState) -> Set<FilePath> {
        if foreign.isEmpty { return [] }
        let flushed = disturbance.flushedSinceLastPass(observed).compactMap(\.entry)
        return Set((flushed + lost.map(\.entry)).flatMap(\.namedInterpreters))
    }

    /// Notes the files at the interpreters' paths.
    ///
    /// - Returns: the interpreters that disappeared and may still come back.
    package mutating func noteInterpreters(
        _ interpreters: [HashedPath: InterpreterFile], _ observed: ObservedState, _ ownership: Ownership,
        at now: Duration
    ) -> Set<FilePath> {
        interpreterGrace.look(
            interpreters, at: now,
            known: observed.entries.filter(ownership.owns).flatMap { $0.entry?.namedInterpreters ?? [] })
    }

    /// Notes the result of a plan.
    ///
    /// - Parameters:
    ///   - plan: the plan, which had something to do.
    ///   - before: the table that the plan was made for.
    ///   - ownership: the entries in it that were ours.
    ///   - after: the table now.
    package mutating func note(
        _ applied: PlanApplication, of plan: Plan, before: ObservedState, _ ownership: Ownership, after: ObservedState,
        at now: Duration
    ) {
        disturbance.noteLeft(after, found: before, ownership, unregistered: plan.unregisteredNames)
        let contested = applied.outcomes.lazy.map(\.change).filter(\.isContested)
        if contested.isEmpty { return }
        // What differs since a configuration file was edited is no other program's doing.
        let untouched = Set(plan.wanted.lazy.filter(\.wanted.isAsWeLeftIt).map(\.name))
        for change in contested where !untouched.contains(change.name) {
            budget.spend(on: change.name, rival: change.before, at: now)
        }
    }

    /// Ends a pass.
    ///
    /// - Parameter served: the entries that the pass began to repair.
    /// - Returns: the changes by other programs that the pass found.
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
            incident.reported.formUnion(served)
        }
        return found
    }

    /// Forgets the table, because there is another registry.
    package mutating func forgetRegistry() { disturbance = Disturbance() }

    /// The circumstances that a plan depends on.
    package func circumstances(_ configuration: Configuration, at now: Duration) -> Plan.Circumstances {
        var circumstances = Plan.Circumstances()
        circumstances.policy = configuration.daemon.foreignPolicy
        circumstances.qemu = configuration.qemu
        circumstances.broken = configuration.brokenFiles
        circumstances.isFileMissing = fileGrace.remaining(at: now) != nil
        circumstances.isQuiet = disturbance.remaining(at: now) == nil
        circumstances.lost = lost.filter { !$0.hasChanged }.map(\.entry)
        circumstances.suspended = reportedSuspensions.merging(budget.suspended(at: now).mapValues(\.reason)) { $1 }
        circumstances.failures = failures
        circumstances.masked = configuration.masked
        return circumstances
    }

    /// The time until the circumstances change even without an event; nil if they will not.
    package func nextWake(at now: Duration) -> Duration? {
        let waits = [
            disturbance.remaining(at: now), budget.remaining(at: now), interpreterGrace.remaining(at: now),
            fileGrace.remaining(at: now),
        ]
        return waits.compactMap(\.self).min()
    }
}
