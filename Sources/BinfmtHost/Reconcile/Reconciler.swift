// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Makes the kernel's table match the configuration: looks, decides, acts, and looks again.
///
/// A pass uses nothing from the event that caused it. It checks files by stat(2), the table by what the kernel reports
/// as written to it, and takes the time from its caller.
package final class Reconciler {
    private let openRegistry: () throws(RegistryUnavailable) -> any Registry
    private var registry: (any Registry)?
    private var sources: HostSources
    var ownership: OwnershipStore
    private var history: RepairHistory
    /// Whether this process is in another root than the daemon beside it.
    private let isElsewhere: Bool

    /// - Parameters:
    ///   - status: the status of a running daemon, for a reconciler that only looks.
    ///   - preview: files that are not saved yet, for a reconciler that only looks.
    ///   - openRegistry: called at each pass until it returns a registry, and again after that registry was unmounted.
    package init(
        directories: ConfigDirectories, ownershipFile: OwnershipFile, probe: NativeProbe,
        beside status: DaemonStatus? = nil, previewing preview: ConfigPreview = ConfigPreview(),
        openRegistry: @escaping () throws(RegistryUnavailable) -> any Registry
    ) {
        self.openRegistry = openRegistry
        sources = HostSources(directories, probe, preview)
        ownership = OwnershipStore(ownershipFile)
        isElsewhere = status?.root.map { $0 != DirectoryIdentity.root } ?? false
        history = RepairHistory(
            failures: status?.entries.compactMapValues { $0.failure.map(FailureReason.reported) } ?? [:],
            suspensions: status?.entries.compactMapValues { $0.suspension.map(SuspensionReason.reported) } ?? [:])
    }

    /// Looks and decides without changing anything.
    ///
    /// - Parameter now: the time since some fixed moment.
    /// - Throws: the reason why there is no registry to look at.
    package func preview(at now: Duration = Clock.monotonic()) throws(RegistryUnavailable) -> Preview {
        let observed = try observe()
        ownership.load()
        let look = self.look(beside: observed)
        ownership.adopt(look.configuration.deselected, observed)
        var desired = desiredState(look, observed, at: now)
        // What the last valid version of a broken file declares is known by what the daemon has made of it.
        if !look.configuration.kept.elsewhere.isEmpty { desired = desired.limited(to: observed) }
        let plan = decide(desired, observed, look, at: now)
        return Preview(
            configuration: look.configuration, observed: observed, desired: desired, plan: plan,
            ownership: ownership.ownership)
    }

    /// Looks, decides, acts, and looks again.
    ///
    /// - Parameter now: the time since some fixed moment.
    /// - Throws: the reason why there is no registry.
    package func pass(at now: Duration = Clock.monotonic()) throws(RegistryUnavailable) -> Pass {
        let observed = try observe()
        ownership.load()
        var look = self.look(beside: observed)
        ownership.adopt(look.configuration.deselected, observed)
        history.note(
            observed, ownership.ownership, files: look.filesRead, look.configuration.daemon.foreignPolicy,
            foreign: look.foreign, at: now)
        var desired = desiredState(look, observed, at: now)
        let done = try apply(decide(desired, observed, look, at: now), observed, at: now)
        let incident = history.endPass(done.applied, served: done.served, at: now)
        // The kernel opened the interpreters after they were looked at.
        let changed = sources.changed(done.opened, since: look)
        if !changed.isEmpty {
            ownership.keep(ownership.ownership.doubting(changed, done.after))
            look = self.look(beside: done.after)
            desired = desiredState(look, done.after, at: now)
        }
        return Pass(
            look: look, applied: done.applied, incident: incident,
            remaining: done.idlePlan ?? decide(desired, done.after, look, at: now),
            stateProblems: ownership.takeProblems(), nextPass: history.nextWake(at: now),
            hasFailed: look.hasTransientFailure || !sources.isCertain || done.applied.hasFailed || ownership.hasFailed)
    }

    private func look(beside observed: ObservedState) -> HostSources.Look {
        sources.look(
            besides: observed.foreignInterpreters(ownership.ownership).union(history.lostInterpreters(observed)))
    }

    private func decide(
        _ desired: DesiredState, _ observed: ObservedState, _ look: HostSources.Look, at now: Duration
    ) -> Plan {
        var circumstances = history.circumstances(look.configuration, at: now)
        circumstances.absent = look.absent
        circumstances.isElsewhere = isElsewhere
        let plan = Plan(desired, observed, ownership.ownership, circumstances)
        guard plan.wouldStage, registry?.features.has(.staging) == true else { return plan }
        circumstances.hasStaging = true
        return Plan(desired, observed, ownership.ownership, circumstances)
    }

    private func desiredState(
        _ look: HostSources.Look, _ observed: ObservedState, at now: Duration
    ) -> DesiredState {
        let vanished = history.noteInterpreters(look.interpreters, observed, ownership.ownership, at: now)
        return sources.desiredState(look, vanished: vanished) { registry?.features }
    }

    // MARK: - Acting

    /// The result of a plan, without the plan itself: with thousands of entries the plan is half of a pass's memory.
    private struct Done {
        var applied = PlanApplication()
        /// The table after the plan.
        var after: ObservedState
        /// The entries whose repair has begun.
        var served: [EntryName] = []
        /// The interpreters that the kernel opened to hold them.
        var opened: Set<HashedPath> = []
        /// The plan, if there was nothing to do.
        var idlePlan: Plan?
    }

    /// Records what a plan is about to do, carries it out, reads the table again, and records the result.
    private func apply(
        _ plan: Plan, _ observed: ObservedState, at now: Duration
    ) throws(RegistryUnavailable) -> Done {
        let owned = ownership.ownership
        var done = Done(after: observed)
        if plan.steps.isEmpty {
            done.idlePlan = plan
        } else {
            ownership.keep(owned.announcing(plan))
            done.applied = try carryOut(plan)
            done.after = try observe()
            done.served = plan.changes.filter { $0.kind == .serve }.map(\.name)
            done.opened = plan.openedInterpreters
            history.note(done.applied, of: plan, before: observed, owned, after: done.after, at: now)
        }
        ownership.keep(owned.recorded(after: plan, done.after))
        return done
    }

    func carryOut(_ plan: Plan) throws(RegistryUnavailable) -> PlanApplication {
        try PlanApplication(plan, in: opened())
    }

    // MARK: - The registry

    func observe() throws(RegistryUnavailable) -> ObservedState {
        if let registry {
            do { return try registry.observe() } catch .notMounted {
                self.registry = nil
                history.forgetRegistry()
            }
        }
        return try opened().observe()
    }

    private func opened() throws(RegistryUnavailable) -> any Registry {
        if let registry { return registry }
        let opened = try openRegistry()
        registry = opened
        return opened
    }
}
