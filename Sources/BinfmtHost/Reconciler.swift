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
    /// Why the file does not say so, too; tried again at each pass.
    private var unsaved: Errno?
    /// Why the file could not be read, until that was told.
    private var unreadable: OwnershipFile.Unreadable?
    private var interpreterFiles = InterpreterFiles()
    private var disturbance = Disturbance()
    /// What is not ours and a flush took, the oldest first.
    private var lost: [Entry] = []
    private var budget = RepairBudget()
    private var fileGrace = FileGrace()
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
        package let desired: DesiredState
        package let plan: Plan
    }

    /// What a pass did, and how things stand after it.
    package struct Pass {
        package let configuration: Configuration
        package let outcomes: [Outcome]
        /// Whether the registry as a whole was off, and what became of switching it on.
        package let enabling: Result<Void, Errno>?
        /// Made anew after the last write: empty only if the kernel is as it should be.
        package let remaining: Plan
        /// What could not be kept on disk, or read from there.
        package let stateProblems: [String]
        /// After what time to make another pass although nothing may happen until then; nil if not at all.
        package let nextPass: Duration?

        /// What it has to say.
        package func report(_ trigger: Trigger) -> Report {
            Report(trigger, configuration, outcomes, enabling: enabling, after: remaining)
        }
    }

    /// Every path whose change can change the configuration.
    package var configurationPaths: [FilePath] { directories.watched }

    /// Every path that the configuration names an interpreter by.
    package private(set) var interpreterPaths: [FilePath] = []

    /// The configuration alone, for when there is no registry.
    package func readConfiguration() -> Configuration { directories.read() }

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
        fileGrace.look(directories.filesRead, at: now())
        let observed = try registry.observe()
        let desired = DesiredState(configuration, facts(for: configuration, observed))
        if configuration.daemon.foreignPolicy == .protect {
            lost += disturbance.flushed(observed).filter { !owned().owns($0) }.compactMap(\.entry).reversed()
        } else {
            lost = []
        }
        disturbance.find(observed, at: now())
        return Picture(
            configuration: configuration, observed: observed, desired: desired,
            plan: plan(configuration, desired, observed))
    }

    /// Looks, decides, acts, and looks again.
    ///
    /// - Throws: why there is no registry.
    package func pass() throws(RegistryUnavailable) -> Pass {
        let before = try look()
        var results = Results()
        var observed = before.observed
        let owned = owned()
        if !before.plan.steps.isEmpty {
            keep(owned.announcing(before.plan))
            results = try carryOut(before.plan)
            observed = try openedRegistry().observe()
            disturbance.leave(observed)
            for change in results.outcomes.map(\.change) where change.isContested {
                budget.spend(on: change.name, rival: change.before, at: now())
            }
        }
        keep(owned.settled(after: before.plan, from: before.observed, to: observed))
        if disturbance.remaining(at: now()) == nil { lost = [] }
        let remaining =
            before.plan.steps.isEmpty ? before.plan : plan(before.configuration, before.desired, observed)
        return Pass(
            configuration: before.configuration, outcomes: results.outcomes, enabling: results.enabling,
            remaining: remaining, stateProblems: stateProblems(), nextPass: nextPass(at: now()))
    }

    private func nextPass(at now: Duration) -> Duration? {
        let waits = [
            disturbance.remaining(at: now), budget.remaining(at: now), grace.remaining(at: now),
            fileGrace.remaining(at: now),
        ]
        return waits.compactMap(\.self).min()
    }

    private func facts(for configuration: Configuration, _ observed: ObservedState) -> HostFacts {
        let interpreters = interpreterFiles.look(at: configuration)
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
        var circumstances = Plan.Circumstances()
        circumstances.policy = configuration.daemon.foreignPolicy
        circumstances.broken = configuration.brokenFiles
        circumstances.isFileMissing = fileGrace.remaining(at: now()) != nil
        circumstances.isQuiet = disturbance.remaining(at: now()) == nil
        circumstances.lost = lost
        circumstances.suspended = budget.suspended(at: now())
        circumstances.masked = configuration.masked
        return Plan(desired, observed, owned(), circumstances)
    }

    private func openedRegistry() throws(RegistryUnavailable) -> any Registry {
        if let registry { return registry }
        let opened = try openRegistry()
        registry = opened
        return opened
    }

    private struct Results {
        var outcomes: [Outcome] = []
        var enabling: Result<Void, Errno>?
    }

    /// Makes the plan's writes. A refused one ends what is done for its entry, and for that alone.
    private func carryOut(_ plan: Plan) throws(RegistryUnavailable) -> Results {
        let registry = try openedRegistry()
        var failures: [EntryName?: (KernelWrite, Errno)] = [:]
        for step in plan.steps where failures[step.subject] == nil {
            do { try registry.perform(step.write) } catch { failures[step.subject] = (step.write, error) }
        }
        let outcomes = plan.changes.compactMap { change -> Outcome? in
            guard let (write, error) = failures[change.subject] else { return Outcome(change: change, result: .done) }
            // What was left out because another entry's write failed is that entry's failure.
            return change.subject == change.name ? Outcome(change: change, result: .failed(write, error)) : nil
        }
        var results = Results(outcomes: outcomes)
        if plan.enablesRegistry { results.enabling = failures[nil].map { .failure($0.1) } ?? .success(()) }
        return results
    }

    // MARK: - Ownership

    private func owned() -> Ownership {
        if let ownership { return ownership }
        // A file that is lost or damaged owns nothing: what is as it should be is adopted, the rest is foreign.
        var read = Ownership()
        do { read = try ownershipFile.read() } catch { unreadable = error }
        ownership = read
        return read
    }

    /// Goes by it from now on, and writes it down.
    private func keep(_ changed: Ownership) {
        if changed == owned(), unsaved == nil { return }
        ownership = changed
        unsaved = nil
        do { try ownershipFile.write(changed) } catch { unsaved = error }
    }

    /// What is wrong with the state on disk; this process goes by what it knows all the same.
    private func stateProblems() -> [String] {
        defer { unreadable = nil }
        let unread = unreadable.map { "\($0)" }
        let unwritten = unsaved.map {
            "cannot write \(ownershipFile.path): \($0); a restart would take its entries for foreign"
        }
        return [unread, unwritten].compactMap(\.self)
    }
}
