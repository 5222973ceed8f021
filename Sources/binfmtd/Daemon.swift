// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Glibc
import SystemPackage

/// The daemon: event sources on one side, a pass and its report on the other.
final class Daemon {
    private let loop: EventLoop
    private let reconciler: Reconciler
    private let journal = Journal()
    private let registryLock: RegistryLock
    private var configurationWatch: FolderWatch?
    private var interpreterWatch: FolderWatch?
    /// Only while something may come with a mount.
    private var mountWatch: EventSource?
    private var pending: EventSource?
    private var timer: EventSource?
    private var throttle: EventSource?
    /// Runs out when what failed may succeed.
    private var retryTimer: EventSource?
    private var retry = Retry()
    private var hasFailed = false
    private var limit = PassLimit()
    private var isThrottled = false
    /// What the next pass is made for; nil if none is to come at once.
    private var trigger: Trigger?
    private var status = DaemonStatus(process: getpid(), verdict: .pending)
    private var statusFile: StatusFile
    /// What is wrong as of the last pass.
    private var standing: [Message] = []
    /// Freed after it was told of: with thousands of entries that is a fiftieth of a start.
    private var lastPass: Reconciler.Pass?
    private var watchFailure: Errno?
    private var statusFailure: Errno?
    /// What of that was said, whatever the pass was made for.
    private var said: Set<String> = []

    init(_ options: Options) throws {
        let hostPaths = options.hostPaths
        statusFile = hostPaths.statusFile
        loop = try EventLoop()
        let door = RegistryLock(hostPaths, loop)
        registryLock = door
        reconciler = try hostPaths.reconciler { () throws(RegistryUnavailable) in try door.open() }
    }

    /// Runs until a signal ends it.
    func run() throws {
        try loop.onSignal(SIGTERM) { [unowned self] in stop() }
        try loop.onSignal(SIGINT) { [unowned self] in stop() }
        try loop.onSignal(SIGHUP) { [unowned self] in reload() }
        try loop.onSignal(SIGUSR1) { [unowned self] in logState() }
        try loop.enableWatchdog()
        pending = try loop.onceIdle { [unowned self] in passAsAsked() }
        timer = try loop.timer { [unowned self] in ask(for: .timer) }
        throttle = try loop.timer { [unowned self] in
            isThrottled = false
            ask(for: .registry)
        }
        retryTimer = try loop.timer { [unowned self] in ask(for: .timer) }
        configurationWatch = FolderWatch(loop) { [unowned self] paths in
            reconciler.forgetConfiguration(paths)
            ask(for: .configuration)
        }
        interpreterWatch = FolderWatch(loop) { [unowned self] paths in
            reconciler.forgetInterpreters(paths)
            ask(for: .interpreter)
        }
        registryLock.onChange = { [unowned self] isGone in registryChanged(isGone) }
        let summary = pass(.start)
        // Whoever was told that it runs must find it so.
        writeStatus()
        ServiceManager.ready(summary)
        settle()
        try loop.run()
    }

    // MARK: - Triggers

    private func stop() {
        ServiceManager.stopping()
        statusFile.remove()
        loop.exit()
    }

    private func reload() {
        ServiceManager.reloading()
        status.reloadsBegun += 1
        writeStatus()
        reconciler.forgetFiles()
        let summary = pass(.reload)
        status.reloadsEnded += 1
        ServiceManager.ready(summary)
        settle()
    }

    private func registryChanged(_ isGone: Bool) {
        if isGone { reconciler.forgetRegistry() }
        askInTurn(for: .registry)
    }

    /// Others may write, and mount, without a pause; the daemon must not work without one.
    private func askInTurn(for trigger: Trigger) {
        if isThrottled || self.trigger != nil { return }
        let delay = limit.delay(at: Clock.monotonic())
        if delay == .zero { return ask(for: trigger) }
        orSay {
            try throttle?.arm(after: delay)
            isThrottled = true
        }
    }

    /// A burst of events ends in one pass: it runs when no event is left.
    private func ask(for trigger: Trigger) {
        if self.trigger != nil { return }
        orSay {
            try pending?.setEnabled(true)
            self.trigger = trigger
        }
    }

    private func orSay(_ action: () throws -> Void) {
        do { try action() } catch {
            journal.say(Message(.error, .internalState, "cannot schedule a pass: \(error)"))
        }
    }

    private func passAsAsked() {
        guard let trigger else { return }
        let summary = pass(trigger)
        ServiceManager.status(summary)
        settle()
    }

    /// What can wait until a pass has been told of.
    private func settle() {
        arm()
        tryAgain()
        writeStatus()
        lastPass = nil
        Memory.giveBack()
    }

    /// Watches whatever the next pass depends on; asks for one if something may have changed unseen.
    private func arm() {
        watchFailure = nil
        let hasMoved = watch(configurationWatch, reconciler.configurationPaths)
        let isElsewhere = watch(interpreterWatch, reconciler.interpreterPaths)
        if hasMoved || isElsewhere {
            reconciler.forgetFiles()
            ask(for: hasMoved ? .configuration : .interpreter)
        }
        if registryLock.watchAgain() { ask(for: .registry) }
        sayWhatStands()
    }

    private func watch(_ folders: FolderWatch?, _ paths: [FilePath]) -> Bool {
        do { return try folders?.watch(paths) == true } catch {
            watchFailure = error
            return false
        }
    }

    /// Makes a pass some time later if something failed that may succeed then.
    private func tryAgain() {
        let hasFailed = self.hasFailed || watchFailure != nil || registryLock.watchFailure != nil
        retry.note(hasFailed: hasFailed, at: Clock.monotonic())
        let remaining = retry.remaining(at: Clock.monotonic())
        orSay { if let remaining { try retryTimer?.arm(after: remaining) } else { try retryTimer?.setEnabled(false) } }
    }

    // MARK: - Passes

    /// - Returns: how things stand, in a line.
    private func pass(_ trigger: Trigger) -> String {
        self.trigger = nil
        reconciler.remembersFiles = watchFailure == nil
        let report: Report
        var next: Duration?
        do {
            let pass = try reconciler.pass()
            lastPass = pass
            report = pass.report(trigger)
            next = pass.nextPass
            hasFailed = pass.hasFailed
            watchMounts(pass.remaining.items.contains { $0.state == .waiting })
            status.note(pass.outcomes, after: pass.remaining, at: Clock.unixSeconds())
            for problem in pass.stateProblems { journal.say(Message(.warning, .internalState, problem)) }
        } catch {
            let isKept = if case .keptByAnother = error { true } else { false }
            report = Report(trigger, isKept ? .standby : .unavailable, "\(error)")
            hasFailed = if case .failed(_, let error) = error { error.isTransient } else { false }
            watchMounts(!isKept)
        }
        for message in report.events { journal.say(message) }
        standing = report.standing
        status.verdict = report.verdict
        status.summary = report.summary
        sayWhatStands()
        if let next { orSay { try timer?.arm(after: next) } }
        return report.summary
    }

    /// inotify does not tell of a mount over a folder that it watches.
    private func watchMounts(_ isNeeded: Bool) {
        if !isNeeded {
            mountWatch = nil
        } else if mountWatch == nil {
            mountWatch = try? loop.watchMounts { [unowned self] in
                reconciler.forgetFiles()
                configurationWatch?.forgetPaths()
                interpreterWatch?.forgetPaths()
                askInTurn(for: .interpreter)
            }
        }
    }

    /// Says what is wrong and was not said before.
    private func sayWhatStands() {
        var messages = standing
        for (what, failure) in [("files", watchFailure), ("the registry", registryLock.watchFailure)] {
            guard let failure else { continue }
            let text = "cannot watch \(what): \(failure); looking there from time to time instead"
            messages.append(Message(.error, .internalState, text))
        }
        if let statusFailure {
            let text = "cannot write \(statusFile.path): \(statusFailure); binfmtctl status knows less than the daemon"
            messages.append(Message(.warning, .internalState, text))
        }
        for message in messages where !said.contains(message.text) { journal.say(message) }
        said = Set(messages.map(\.text))
        status.errors = messages.filter { $0.level == .error }.map(\.text)
    }

    /// What it tells must not keep it from what it does: a full /run is said once, as every other failure is.
    private func writeStatus() {
        do {
            try statusFile.write(status)
            statusFailure = nil
        } catch {
            statusFailure = error
        }
    }

    private func logState() {
        guard let plan = try? reconciler.preview().plan else { return }
        for item in plan.items {
            let interpreter = item.desired?.entry.interpreter ?? (try? item.observed?.status.get())?.interpreter
            let text =
                "Entry '\(item.name)' is \(item.state.rawValue)" + (interpreter.map { ": \($0.printable)" } ?? "")
                + (item.reason.map { " (\($0))" } ?? "")
            journal.say(Message(.info, .state, text, [.init("BINFMT_ENTRY", item.name.description)]))
        }
    }
}
