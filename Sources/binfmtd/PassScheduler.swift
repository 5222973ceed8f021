// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// Decides when the next pass runs, and for which trigger.
final class PassScheduler {
    private let run: (Trigger) -> Void
    private let report: (Errno) -> Void
    /// The trigger of the next pass; nil if none is requested.
    private var requested: Trigger?
    /// The trigger of a pass that is delayed by the throttle.
    private var delayed: Trigger?
    private var limit = PassLimit()
    private var retry = Retry()
    private var idle: EventSource?
    private var throttleTimer: EventSource?
    private var passTimer: EventSource?
    private var retryTimer: EventSource?

    /// - Parameters:
    ///   - run: runs a pass.
    ///   - report: called with the errno if a pass could not be scheduled.
    init(
        _ loop: EventLoop, run: @escaping (Trigger) -> Void, report: @escaping (Errno) -> Void
    ) throws(Errno) {
        self.run = run
        self.report = report
        idle = try loop.onceIdle { [unowned self] in runRequested() }
        throttleTimer = try loop.timer { [unowned self] in runDelayed() }
        passTimer = try loop.timer { [unowned self] in schedule(.timer) }
        retryTimer = try loop.timer { [unowned self] in schedule(.timer) }
    }

    /// Requests a pass. Many passes are spread out, because other programs and other users can cause events all the time.
    func request(_ trigger: Trigger) {
        if requested != nil || delayed != nil { return }
        let delay = limit.delay(at: Clock.monotonic())
        if delay == .zero { return schedule(trigger) }
        attempt { () throws(Errno) in
            try throttleTimer?.arm(after: delay)
            delayed = trigger
        }
    }

    /// Schedules a pass. It runs when no event is pending, so that a burst of events causes one pass.
    private func schedule(_ trigger: Trigger) {
        if requested != nil { return }
        attempt { () throws(Errno) in
            try idle?.setEnabled(true)
            requested = trigger
        }
    }

    /// Begins a pass, which serves every request so far.
    func begin() { requested = nil }

    /// Sets the timers after a pass.
    ///
    /// - Parameters:
    ///   - next: the delay after which another pass is due even without an event; nil if none is due.
    ///   - hasFailed: whether a system call failed that may succeed the next time, so that no event would trigger a
    ///     retry.
    func end(next: Duration?, hasFailed: Bool) {
        let now = Clock.monotonic()
        retry.note(hasFailed: hasFailed, at: now)
        set(passTimer, next)
        set(retryTimer, retry.remaining(at: now))
    }

    private func set(_ timer: EventSource?, _ delay: Duration?) {
        attempt { () throws(Errno) in
            if let delay { try timer?.arm(after: delay) } else { try timer?.setEnabled(false) }
        }
    }

    private func runRequested() {
        if let requested { run(requested) }
    }

    private func runDelayed() {
        guard let trigger = delayed else { return }
        delayed = nil
        schedule(trigger)
    }

    private func attempt(_ action: () throws(Errno) -> Void) {
        do { try action() } catch { report(error) }
    }
}
