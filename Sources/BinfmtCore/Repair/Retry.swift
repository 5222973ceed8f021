// SPDX-License-Identifier: Apache-2.0

/// Schedules retries after a system call failed that may succeed the next time, because no event would trigger one:
/// soon at first, then at growing intervals.
package struct Retry: Sendable {
    package static let firstDelay = Duration.seconds(1)
    package static let longestDelay = Duration.seconds(300)

    private var delay = Retry.firstDelay
    private var due: Duration?

    package init() {}

    /// Records a pass.
    ///
    /// - Parameters:
    ///   - hasFailed: whether such a call failed in it.
    ///   - now: the time since some fixed moment.
    package mutating func note(hasFailed: Bool, at now: Duration) {
        if !hasFailed {
            self = Retry()
        } else if let due, now >= due {
            delay = min(delay * 2, Self.longestDelay)
            self.due = now + delay
        } else {
            due = due ?? now + delay
        }
    }

    /// The time until the next retry; nil if nothing has failed.
    package func remaining(at now: Duration) -> Duration? { due.map { max(.zero, $0 - now) } }
}
