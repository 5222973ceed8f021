// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Brings the kernel's table to what the configuration declares: looks, decides, acts, and looks again.
package final class Reconciler {
    private let openRegistry: () throws(RegistryUnavailable) -> any Registry
    private var registry: (any Registry)?
    private let probe: NativeProbe
    private let ownershipFile: OwnershipFile
    private var directories: ConfigDirectories
    /// What is ours, once it was read; nobody else writes it.
    private var ownership: Ownership?
    private var disturbance = Disturbance()
    private var budget = RepairBudget()
    private var grace = InterpreterGrace()
    /// The time since some fixed moment.
    private let now: () -> Duration

    /// - Parameter openRegistry: called at each pass until it gives one.
    package init(
        directories: ConfigDirectories, ownershipFile: OwnershipFile, probe: NativeProbe,
        now: @escaping () -> Duration = Clock.monotonic,
        openRegistry: @escaping () throws(RegistryUnavailable) -> any Registry
    ) {
        self.directories = directories
        self.ownershipFile = ownershipFile
        self.probe = probe
        self.now = now
        self.openRegistry = openRegistry
    }

    /// What a pass would do.
    package struct Picture {
        package let configuration: Configuration
        package let observed: ObservedState
        package let plan: Plan
    }

    /// What a pass did, and how things stand after it.
    package struct Pass {
        package let configuration: Configuration
        package let outcomes: [Outcome]
        /// Made anew after the last write: empty only if the kernel is as it should be.
        package let remaining: Plan
        /// What could not be kept on disk.
        package let unsaved: (path: FilePath, error: Errno)?
        /// After what time to make another pass although nothing may happen until then; nil if not at all.
        package let nextPass: Duration?
    }

    /// Every path whose change can change the configuration.
    package var configurationPaths: [FilePath] { directories.watched }

    /// Every path that the configuration names an interpreter by.
    package private(set) var interpreterPaths: [FilePath] = []

    /// The configuration alone, for when there is no registry.
    package func readConfiguration() -> Configuration { directories.read() }

    /// Whether there is a registry to look at.
    package var hasRegistry: Bool { registry != nil }

    /// Lets go of a registry that is no longer mounted; the next pass looks for another.
    package func forgetRegistry() {
        registry = nil
        disturbance = Disturbance()
    }

    /// Looks and decides, and changes nothing.
    ///
    /// - Throws: why there is no registry to look at.
    package func look() throws(RegistryUnavailable) -> Picture {
        let registry = try openedRegistry()
        let configuration = directories.read()
        let observed = try registry.observe()
        let desired = DesiredState(configuration, facts(for: configuration, observed))
        disturbance.find(observed, at: now())
        return Picture(
            configuration: configuration, observed: observed, plan: plan(configuration, desired, observed))
    }

    /// Looks, decides, acts, and looks again.
    ///
    /// - Throws: why there is no registry.
    package func pass() throws(RegistryUnavailable) -> Pass {
        let before = try look()
        var outcomes: [Outcome] = []
        var observed = before.observed
        var unsaved: Errno?
        if !before.plan.steps.isEmpty {
            unsaved = save(owned().announcing(before.plan))
            outcomes = try carryOut(before.plan)
            observed = try openedRegistry().observe()
            disturbance.leave(observed)
            for change in outcomes.map(\.change) where change.isContested {
                budget.spend(on: change.name, rival: change.before, at: now())
            }
        }
        unsaved = save(owned().settled(after: before.plan, observed)) ?? unsaved
        let remaining =
            before.plan.steps.isEmpty ? before.plan : plan(before.configuration, before.plan.desired, observed)
        return Pass(
            configuration: before.configuration, outcomes: outcomes, remaining: remaining,
            unsaved: unsaved.map { (ownershipFile.path, $0) },
            nextPass: nextPass(at: now()))
    }

    private func nextPass(at now: Duration) -> Duration? {
        [disturbance.remaining(at: now), budget.remaining(at: now), grace.remaining(at: now)].compactMap(\.self).min()
    }

    private func facts(for configuration: Configuration, _ observed: ObservedState) -> HostFacts {
        let interpreters = InterpreterFiles.look(at: configuration)
        interpreterPaths = configuration.entries.flatMap { $0.isEnabled ? $0.interpreters : [] }
        let candidates = configuration.entries.compactMap { entry in
            entry.interpreters.contains { interpreters[$0]?.identity != nil } ? entry.qemuTarget : nil
        }
        grace.remember(observed.entries.filter(owned().owns).compactMap(\.entry?.interpreter))
        return HostFacts(
            native: probe.native, nativeTargets: probe.natives(among: candidates), interpreters: interpreters,
            vanished: grace.look(interpreters, at: now()))
    }

    private func plan(_ configuration: Configuration, _ desired: DesiredState, _ observed: ObservedState) -> Plan {
        Plan(
            desired, observed, owned(), policy: configuration.daemon.foreignPolicy,
            unregisters: !configuration.isBroken, isQuiet: disturbance.remaining(at: now()) == nil,
            suspended: budget.suspended(at: now()), masked: configuration.masked)
    }

    private func openedRegistry() throws(RegistryUnavailable) -> any Registry {
        if let registry { return registry }
        let opened = try openRegistry()
        registry = opened
        return opened
    }

    /// Makes the plan's writes. A refused one ends what is done for its entry, and for that alone.
    private func carryOut(_ plan: Plan) throws(RegistryUnavailable) -> [Outcome] {
        let registry = try openedRegistry()
        var failures: [EntryName?: (KernelWrite, Errno)] = [:]
        for step in plan.steps where failures[step.subject] == nil {
            do { try registry.perform(step.write) } catch { failures[step.subject] = (step.write, error) }
        }
        return plan.changes.map { change in
            let failure = failures[change.name.shadowed ?? change.name]
            return Outcome(change: change, result: failure.map { .failed($0.0, $0.1) } ?? .done)
        }
    }

    // MARK: - Ownership

    private func owned() -> Ownership {
        if let ownership { return ownership }
        // A file that is lost or damaged owns nothing: what is as it should be is adopted, the rest is foreign.
        let read = (try? ownershipFile.read()) ?? Ownership()
        ownership = read
        return read
    }

    /// - Returns: why it could not be written; this process goes by it all the same.
    private func save(_ changed: Ownership) -> Errno? {
        if changed == owned() { return nil }
        ownership = changed
        do { try ownershipFile.write(changed) } catch { return error }
        return nil
    }
}
