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
    /// Whether the file may say more than is known, because a call failed: it is not overwritten then.
    private var isUnread = false
    private var interpreterFiles = InterpreterFiles()
    /// What the files say, until somebody tells that one may have changed.
    private var files: KnownFiles?
    private var disturbance = Disturbance()
    /// What is not ours and a flush took, the oldest first.
    private var lost: [Entry] = []
    private var budget = RepairBudget()
    private var fileGrace = FileGrace()
    private var grace = InterpreterGrace()
    /// What the kernel refused the last time, and why.
    private var failures: [EntryName: FailureReason]
    /// What an earlier look said of them: nobody is suspended here.
    private let suspensions: [EntryName: SuspensionReason]
    /// What others did that has not ended yet.
    private var incident = Incident()
    /// The time since some fixed moment.
    private let now: () -> Duration

    /// - Parameters:
    ///   - status: what the daemon knows, for one that only looks beside it.
    ///   - openRegistry: called at each pass until it gives one.
    package init(
        directories: ConfigDirectories, ownershipFile: OwnershipFile, probe: NativeProbe,
        beside status: DaemonStatus? = nil,
        now: @escaping () -> Duration = Clock.monotonic,
        openRegistry: @escaping () throws(RegistryUnavailable) -> any Registry
    ) {
        self.directories = directories
        self.ownershipFile = ownershipFile
        self.probe = probe
        self.now = now
        self.openRegistry = openRegistry
        failures = status?.entries.compactMapValues { $0.failure.map(FailureReason.reported) } ?? [:]
        suspensions = status?.entries.compactMapValues { $0.suspension.map(SuspensionReason.reported) } ?? [:]
    }

    /// What is declared, and what of it this host has.
    private struct KnownFiles {
        let configuration: Configuration
        let interpreters: [HashedPath: InterpreterFile]
        /// What follows from them while these are given time to come back.
        var desired: (state: DesiredState, vanished: Set<FilePath>)?

        var hasTransientFailure: Bool {
            configuration.hasTransientIssue || interpreters.values.contains { $0.failure != nil }
        }
    }

    /// What a pass would do.
    package struct Preview {
        package let configuration: Configuration
        package let observed: ObservedState
        package let desired: DesiredState
        package let plan: Plan
        private let ownership: Ownership

        fileprivate init(
            _ configuration: Configuration, _ observed: ObservedState, _ desired: DesiredState, _ plan: Plan,
            _ ownership: Ownership
        ) {
            self.configuration = configuration
            self.observed = observed
            self.desired = desired
            self.plan = plan
            self.ownership = ownership
        }

        /// The file that the kernel holds for an entry with `F`, as far as it was recorded.
        package func heldFile(of name: EntryName) -> FileIdentity? {
            observed[name].flatMap { ownership.heldFile(of: $0) }
        }
    }

    /// What a pass did, and how things stand after it.
    package struct Pass {
        package let configuration: Configuration
        package let outcomes: [Outcome]
        /// Whether the registry as a whole was off, and what became of switching it on.
        package let enabling: Result<Void, Outcome.Failure>?
        package let incident: Incident
        /// Made anew after the last write: empty only if the kernel is as it should be.
        package let remaining: Plan
        /// What could not be kept on disk, or read from there.
        package let stateProblems: [String]
        /// After what time to make another pass although nothing may happen until then; nil if not at all.
        package let nextPass: Duration?
        /// Whether something failed that may succeed the next time; nobody tells when.
        package let hasFailed: Bool

        /// What it has to say.
        package func report(_ trigger: Trigger) -> Report {
            Report(trigger, configuration, outcomes, enabling: enabling, incident: incident, after: remaining)
        }
    }

    /// Every path whose change can change the configuration.
    package var configurationPaths: [FilePath] { directories.watched }

    /// Every path that the configuration names an interpreter by.
    package var interpreterPaths: [FilePath] { (files?.interpreters ?? [:]).keys.map(\.path) }

    /// The configuration alone, for when there is no registry.
    package func readConfiguration() -> Configuration { directories.read() }

    /// Whether a pass may go by what an earlier one read of the configuration and looked up of interpreters, because
    /// somebody tells which of them may have changed.
    package var remembersFiles = false

    /// Has the next pass read and look up everything anew.
    package func forgetFiles() {
        forgetConfiguration(nil)
        forgetInterpreters(nil)
    }

    /// Has the next pass read these files and folders of the configuration anew; nil for all.
    package func forgetConfiguration(_ paths: [FilePath]?) {
        files = nil
        directories.forget(paths)
    }

    /// Has the next pass look these interpreters up anew; nil for all.
    package func forgetInterpreters(_ paths: [FilePath]?) {
        files = nil
        interpreterFiles.forget(paths)
    }

    /// Lets go of a registry that is no longer mounted; the next pass looks for another.
    package func forgetRegistry() {
        registry = nil
        disturbance = Disturbance()
    }

    /// Looks and decides, and changes nothing.
    ///
    /// - Throws: why there is no registry to look at.
    package func preview() throws(RegistryUnavailable) -> Preview {
        let observed = try openedRegistry().observe()
        let files = readFiles()
        let desired = desiredState(files, observed)
        return Preview(
            files.configuration, observed, desired, plan(files.configuration, desired, observed), owned())
    }

    /// Looks, decides, acts, and looks again.
    ///
    /// - Throws: why there is no registry.
    package func pass() throws(RegistryUnavailable) -> Pass {
        let observed = try openedRegistry().observe()
        readOwnershipAgain()
        let files = readFiles()
        note(observed, files.configuration)
        let desired = desiredState(files, observed)
        let deed = try carryOut(plan(files.configuration, desired, observed), observed)
        let results = deed.results
        failures = results.failures
        let incident = incident
        if disturbance.remaining(at: now()) == nil {
            lost = []
            self.incident = Incident()
        } else {
            if !deed.served.isEmpty { self.incident.removedForeign = [] }
            self.incident.told.formUnion(deed.served)
        }
        return Pass(
            configuration: files.configuration, outcomes: results.outcomes, enabling: results.enabling,
            incident: incident, remaining: deed.idlePlan ?? plan(files.configuration, desired, deed.after),
            stateProblems: stateProblems(), nextPass: nextPass(at: now()),
            hasFailed: files.hasTransientFailure || !probe.isCertain || results.hasFailed || unsaved != nil || isUnread)
    }

    /// What became of a plan, without the plan: with thousands of entries it is half of a pass's memory.
    private struct Deed {
        var results = PlanResults()
        /// The table after it.
        var after: ObservedState
        /// The entries that are served again.
        var served: [EntryName] = []
        /// The plan, if there was nothing to do.
        var idlePlan: Plan?
    }

    /// Writes down what a plan is about to do, does it, looks at the table again, and writes down what it came to.
    private func carryOut(_ plan: Plan, _ observed: ObservedState) throws(RegistryUnavailable) -> Deed {
        let owned = owned()
        var deed = Deed(after: observed)
        if plan.steps.isEmpty {
            deed.idlePlan = plan
        } else {
            keep(owned.announcing(plan))
            deed.results = try openedRegistry().perform(plan)
            deed.after = try openedRegistry().observe()
            deed.served = plan.changes.filter { $0.kind == .serve }.map(\.name)
            disturbance.noteLeft(deed.after)
            for change in deed.results.outcomes.map(\.change) where change.isContested {
                budget.spend(on: change.name, rival: change.before, at: now())
            }
        }
        keep(owned.recorded(after: plan, deed.after))
        return deed
    }

    /// Takes what is ours out of the kernel.
    ///
    /// - Parameter names: these entries alone; nil for all.
    /// - Returns: what became of each, and which of the names are others'.
    /// - Throws: why there is no registry.
    package func release(
        _ names: Set<EntryName>?
    ) throws(RegistryUnavailable) -> (outcomes: [Outcome], foreign: [EntryName]) {
        let observed = try openedRegistry().observe()
        let owned = owned()
        let plan = Plan(releasing: names, observed, owned)
        let results = try openedRegistry().perform(plan)
        keep(owned.recorded(after: plan, try openedRegistry().observe()))
        let foreign = (names ?? []).filter { name in observed[name].map { !owned.owns($0) } ?? false }
        return (results.outcomes, foreign.sorted())
    }

    /// The entries of ours that may hold another file system than this folder's: the kernel holds a file for them that
    /// is not where it was, or is on another mount.
    package func ownedElsewhere(than folder: FilePath) throws(RegistryUnavailable) -> Set<EntryName> {
        let owned = owned()
        let mount = Mounts.number(of: folder)
        let held = try openedRegistry().observe().entries.filter { found in
            guard owned.owns(found), let path = found.understood?.interpreter,
                let file = owned.records[found.standInFor ?? found.name]?.interpreter
            else { return false }
            return InterpreterFiles.identity(of: path) != file || Mounts.number(of: path) != mount
        }
        return Set(held.map { $0.standInFor ?? $0.name })
    }

    /// Takes note of what time has to do with.
    private func note(_ observed: ObservedState, _ configuration: Configuration) {
        fileGrace.look(directories.filesRead, at: now())
        if configuration.daemon.foreignPolicy == .protect {
            lost += disturbance.flushedSinceLastPass(observed).filter { !owned().owns($0) }.compactMap(\.entry)
                .reversed()
        } else {
            lost = []
        }
        incident.removedForeign += disturbance.removedSinceLastPass(observed).filter { !owned().owns($0) }.map(\.name)
        disturbance.noteFound(observed, at: now())
    }

    private func nextPass(at now: Duration) -> Duration? {
        let waits = [
            disturbance.remaining(at: now), budget.remaining(at: now), grace.remaining(at: now),
            fileGrace.remaining(at: now),
        ]
        return waits.compactMap(\.self).min()
    }

    private func readFiles() -> KnownFiles {
        if remembersFiles, let files, !files.hasTransientFailure { return files }
        if !remembersFiles { forgetFiles() }
        let configuration = directories.read()
        let read = KnownFiles(configuration: configuration, interpreters: interpreterFiles.look(at: configuration))
        files = read
        return read
    }

    private func desiredState(_ files: KnownFiles, _ observed: ObservedState) -> DesiredState {
        let vanished = grace.look(
            files.interpreters, at: now(),
            known: observed.entries.filter(owned().owns).compactMap(\.entry?.interpreter))
        if let desired = files.desired, desired.vanished == vanished { return desired.state }
        let facts = HostFacts(files.configuration, files.interpreters, probe, vanished: vanished)
        let state = DesiredState(files.configuration, facts)
        if probe.isCertain { self.files?.desired = (state, vanished) }
        return state
    }

    private func plan(_ configuration: Configuration, _ desired: DesiredState, _ observed: ObservedState) -> Plan {
        var circumstances = Plan.Circumstances()
        circumstances.policy = configuration.daemon.foreignPolicy
        circumstances.broken = configuration.brokenFiles
        circumstances.isFileMissing = fileGrace.remaining(at: now()) != nil
        circumstances.isQuiet = disturbance.remaining(at: now()) == nil
        circumstances.lost = lost
        circumstances.suspended = suspensions.merging(budget.suspended(at: now()).mapValues(\.reason)) { $1 }
        circumstances.failures = failures
        circumstances.masked = configuration.masked
        return Plan(desired, observed, owned(), circumstances)
    }

    private func openedRegistry() throws(RegistryUnavailable) -> any Registry {
        if let registry { return registry }
        let opened = try openRegistry()
        registry = opened
        return opened
    }

    // MARK: - Ownership

    private func owned() -> Ownership {
        if let ownership { return ownership }
        // A file that is lost or damaged owns nothing: what is as it should be is adopted, the rest is foreign.
        var read = Ownership()
        do { read = try ownershipFile.read() } catch {
            unreadable = error
            if case .failed(_, let error) = error { isUnread = error.isTransient }
        }
        ownership = read
        return read
    }

    /// Reads the file after all; what was done meanwhile counts for more.
    private func readOwnershipAgain() {
        guard isUnread, let known = ownership else { return }
        isUnread = false
        ownership = nil
        let read = owned()
        if isUnread { ownership = known } else { keep(Ownership(records: read.records.merging(known.records) { $1 })) }
    }

    /// Goes by it from now on, and writes it down.
    private func keep(_ changed: Ownership) {
        if changed == owned(), unsaved == nil { return }
        ownership = changed
        if isUnread { return }
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
