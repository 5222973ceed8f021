// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// Decides when the next pass is made, and for which trigger.
final class PassScheduler {
    private let run: (Trigger) -> Void
    private let report: (Errno) -> Void
    /// What the next pass is made for; nil if none is requested.
    private var requested: Trigger?
    /// The same of a pass that has to wait.
    private var delayed: Trigger?
    private var limit = PassLimit()
    private var retry = Retry()
    private var idle: EventSource?
    private var throttleTimer: EventSource?
    private var passTimer: EventSource?
    private var retryTimer: EventSource?

    /// - Parameters:
    ///   - run: makes a pass.
    ///   - report: called with the errno of a pass that could not be scheduled.
    init(
        _ loop: EventLoop, run: @escaping (Trigger) -> Void, report: @escaping (Errno) -> Void
    ) throws(Errno) {
        self.run = run
        self.report = report
        idle = try loop.onceIdle { [unowned self] in runRequested() }
        throttleTimer = try loop.timer { [unowned self] in runDelayed() }
        passTimer = try loop.timer { [unowned self] in request(.timer) }
        retryTimer = try loop.timer { [unowned self] in request(.timer) }
    }

    /// Requests a pass. A burst of events ends in one: it runs when no event is left.
    func request(_ trigger: Trigger) {
        if requested != nil { return }
        attempt { () throws(Errno) in
            try idle?.setEnabled(true)
            requested = trigger
        }
    }

    /// Requests a pass for what other programs may do without a pause, so that the daemon does not work without one.
    func requestThrottled(_ trigger: Trigger) {
        if requested != nil || delayed != nil { return }
        let delay = limit.delay(at: Clock.monotonic())
        if delay == .zero { return request(trigger) }
        attempt { () throws(Errno) in
            try throttleTimer?.arm(after: delay)
            delayed = trigger
        }
    }

    /// Begins a pass: it does all that was requested.
    func begin() { requested = nil }

    /// Arranges what comes after a pass.
    ///
    /// - Parameters:
    ///   - next: after what time to make another although nothing may happen until then; nil if not at all.
    ///   - hasFailed: whether a call failed that may succeed the next time, which no event would report.
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
        request(trigger)
    }

    private func attempt(_ action: () throws(Errno) -> Void) {
        do { try action() } catch { report(error) }
    }
}
