// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// When to look again after a call failed that may succeed the next time: soon, and ever later while it goes on. No event
/// would tell.
package struct Retry: Sendable {
    package static let firstDelay = Duration.seconds(1)
    package static let longestDelay = Duration.seconds(300)

    private var delay = Retry.firstDelay
    private var due: Duration?

    package init() {}

    /// Takes note of a pass.
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

    /// How long it is until then; nil if nothing has failed.
    package func remaining(at now: Duration) -> Duration? { due.map { max(.zero, $0 - now) } }
}
