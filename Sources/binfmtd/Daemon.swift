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
    private var watch: FolderWatch?
    private var pending: EventSource?
    /// What the next pass is made for; nil if none is to come.
    private var trigger: Trigger?
    /// What was wrong after the last pass, so that it is said once.
    private var standing: Set<Message> = []
    private var hasPassed = false

    init(_ options: Options) throws {
        let installation = Installation(root: options.root, registry: options.registry, mounts: options.mounts)
        try Files.makeDirectory(installation.stateDirectory)
        loop = try EventLoop()
        reconciler = try installation.reconciler { () throws(RegistryUnavailable) in
            try installation.lockRegistry()
        }
    }

    /// Runs until a signal ends it.
    func run() throws {
        try loop.onSignal(SIGTERM) { [unowned self] in stop() }
        try loop.onSignal(SIGINT) { [unowned self] in stop() }
        try loop.onSignal(SIGHUP) { [unowned self] in reload() }
        try loop.onSignal(SIGUSR1) { [unowned self] in logState() }
        try loop.enableWatchdog()
        pending = try loop.onceIdle { [unowned self] in passAsAsked() }
        watch = FolderWatch(loop) { [unowned self] in ask(for: .configuration) }
        arm()
        let summary = pass(.start)
        ServiceManager.ready(summary)
        Memory.giveBack()
        try loop.run()
    }

    // MARK: - Triggers

    private func stop() {
        ServiceManager.stopping()
        loop.exit()
    }

    private func reload() {
        ServiceManager.reloading()
        let summary = pass(.reload)
        ServiceManager.ready(summary)
        Memory.giveBack()
    }

    /// A burst of events ends in one pass: it runs when no event is left.
    private func ask(for trigger: Trigger) {
        self.trigger = trigger
        do { try pending?.setEnabled(true) } catch {
            journal.say(Message(.error, .internalState, "cannot schedule a pass: \(error)"))
        }
    }

    private func passAsAsked() {
        guard let trigger else { return }
        let summary = pass(trigger)
        ServiceManager.status(summary)
        Memory.giveBack()
    }

    /// Watches whatever the configuration depends on; asks for another look if that has changed.
    private func arm() {
        do {
            if try watch?.watch(reconciler.watchedPaths) == true, hasPassed { ask(for: .configuration) }
        } catch {
            let text = "cannot watch the configuration: \(error); changes need systemctl reload binfmtd"
            say(standing: [Message(.error, .internalState, text)])
        }
    }

    // MARK: - Passes

    /// - Returns: how things stand, in a line.
    private func pass(_ trigger: Trigger) -> String {
        self.trigger = nil
        let report: Report
        do {
            let pass = try reconciler.pass()
            report = Report(trigger, pass.configuration, pass.outcomes, after: pass.remaining)
            if let unsaved = pass.unsaved {
                let text = "cannot write \(unsaved.path): \(unsaved.error); after a restart its entries are foreign"
                journal.say(Message(.warning, .internalState, text))
            }
        } catch {
            report = Report(trigger, unavailable: "\(error)")
        }
        for message in report.events { journal.say(message) }
        say(standing: report.standing)
        hasPassed = true
        arm()
        return report.summary
    }

    private func say(standing messages: [Message]) {
        for message in messages where !standing.contains(message) { journal.say(message) }
        standing = Set(messages)
    }

    private func logState() {
        guard let plan = try? reconciler.look().plan else { return }
        for item in plan.items {
            let interpreter = item.desired?.entry.interpreter ?? (try? item.observed?.status.get())?.interpreter
            let text =
                "Entry '\(item.name)' is \(item.state.rawValue)" + (interpreter.map { ": \($0)" } ?? "")
                + (item.reason.map { " (\($0))" } ?? "")
            journal.say(Message(.info, .state, text, [.init("BINFMT_ENTRY", item.name.description)]))
        }
    }
}
