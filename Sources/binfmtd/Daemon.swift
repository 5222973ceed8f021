// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Glibc
import SystemPackage

/// The daemon: connects the sources that request passes with the passes and their reports.
final class Daemon {
    private let loop: EventLoop
    private let reconciler: Reconciler
    private let journal = Journal()
    private let registryLock: RegistryLock
    private var scheduler: PassScheduler?
    private var watches: Watches?
    private var complaints = Complaints()
    private let events: EventLog
    private var status = DaemonStatus(process: getpid(), verdict: .pending)
    private var statusFile: StatusFile
    /// The last pass, until its watches and timers are set.
    private var lastPass: Pass?
    private var hasFailed = false
    /// Whether the service manager knows that this is ready.
    private var isReady = false
    /// Whether this process is not root, and never will be able to change the registry.
    private var mayNever = false

    /// The daemon cannot work as this user.
    struct NotRoot: Error, CustomStringConvertible {
        let problem: String
        var description: String { "\(problem); run it as root" }
    }

    init(_ options: Options) throws {
        let paths = options.hostPaths
        statusFile = paths.statusFile
        loop = try EventLoop()
        events = try EventLog(loop, journal)
        let lock = RegistryLock(paths)
        registryLock = lock
        reconciler = try paths.reconciler { () throws(RegistryUnavailable) in try lock.open() }
        status.root = .root
    }

    /// Runs until a signal ends it.
    func run() throws {
        try loop.onSignal(SIGTERM) { [unowned self] in stop() }
        try loop.onSignal(SIGINT) { [unowned self] in stop() }
        try loop.onSignal(SIGHUP) { [unowned self] in reload() }
        try loop.onSignal(SIGUSR1) { [unowned self] in logState() }
        try loop.enableWatchdog()
        let scheduler = try PassScheduler(loop) { [unowned self] trigger in
            tell(pass(trigger))
            finishPass()
        } report: { [unowned self] error in
            journal.log(Message(.error, .internalState, "cannot schedule a pass: \(error)"))
        }
        self.scheduler = scheduler
        watches = Watches(loop, registryLock, scheduler)
        let summary = pass(.start)
        if mayNever { throw NotRoot(problem: summary) }
        // A program that waits for READY=1 must find the status up to date.
        writeStatus()
        isReady = ServiceManager.ready(summary)
        finishPass()
        try loop.run()
    }

    /// Tells the service manager the state, and that this is ready until it knows.
    private func tell(_ summary: String) {
        if isReady { ServiceManager.status(summary) } else { isReady = ServiceManager.ready(summary) }
    }

    // MARK: - Signals

    private func stop() {
        ServiceManager.stopping()
        statusFile.remove()
        events.flush()
        loop.exit()
    }

    private func reload() {
        ServiceManager.reloading()
        status.reloadsBegun += 1
        writeStatus()
        let summary = pass(.reload)
        status.reloadsEnded += 1
        isReady = ServiceManager.ready(summary)
        finishPass()
    }

    private func logState() {
        do throws(RegistryUnavailable) {
            let plan = try reconciler.preview().plan
            for item in plan.items { journal.log(Message(state: item)) }
            // The look has taken the report of what another program did; no event is left to ask for its repair.
            if !plan.isInSync { scheduler?.request(.registry) }
        } catch {
            journal.log(Message(.warning, .state, "The state of the entries is unknown: \(error)"))
        }
    }

    // MARK: - Passes

    /// - Returns: the state of the entries in one line.
    private func pass(_ trigger: Trigger) -> String {
        scheduler?.begin()
        let report: Report
        var stateProblems: [Message] = []
        do {
            let pass = try reconciler.pass()
            report = pass.report(trigger)
            stateProblems = pass.stateProblems.map { Message(.warning, .internalState, $0) }
            note(pass)
        } catch {
            report = note(error, trigger)
        }
        if let deeds = report.deeds { events.add(deeds, isUrgent: trigger == .start || trigger == .reload) }
        complaints.ofPass = report.standing + stateProblems
        complaints.log(to: journal)
        status.verdict = report.verdict
        status.summary = report.summary
        return report.summary
    }

    private func note(_ pass: Pass) {
        lastPass = pass
        hasFailed = pass.hasFailed
        watches?.watchMounts(for: .interpreter)
        status.kept = pass.configuration.kept.here
        status.note(pass.applied.outcomes, after: pass.remaining, at: Clock.unixSeconds())
    }

    private func note(_ reason: RegistryUnavailable, _ trigger: Trigger) -> Report {
        lastPass = nil
        if case .failed(_, .permissionDenied) = reason { mayNever = geteuid() != 0 }
        let isStandby = if case .keptByAnother = reason { true } else { false }
        hasFailed = if case .failed(_, let error) = reason { error.isTransient } else { false }
        watches?.watchMounts(for: isStandby ? nil : .registry)
        return Report(trigger, isStandby ? .standby : .unavailable, "\(reason)")
    }

    /// Does the work that can wait until a pass is reported.
    private func finishPass() {
        watches?.update(after: lastPass)
        complaints.fileWatchFailure = watches?.fileFailure
        complaints.registryWatchFailure = watches?.registryFailure
        complaints.log(to: journal)
        let cannotWatch = complaints.fileWatchFailure != nil || complaints.registryWatchFailure != nil
        // If the pass has not converged, another one may. It is throttled, so that it does not keep the daemon busy.
        if let lastPass, !lastPass.remaining.steps.isEmpty, !hasFailed { scheduler?.request(.registry) }
        scheduler?.end(next: lastPass?.nextPass, hasFailed: hasFailed || cannotWatch || !isReady)
        writeStatus()
        // Freed only now, because freeing thousands of entries would delay the report.
        lastPass = nil
        Memory.giveBack()
    }

    /// Writes the status file. A failure, such as a full /run, does not stop the daemon; it is logged once.
    private func writeStatus() {
        status.errors = complaints.errors
        do {
            try statusFile.write(status)
            complaints.statusFailure = nil
        } catch { complaints.statusFailure = (statusFile.path, error) }
    }
}
