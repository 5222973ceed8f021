// SPDX-License-Identifier: Apache-2.0

/// When to try again what the kernel refused: what was in the way, such as a lack of memory, may go without anything
/// that could be watched. Soon at first, then ever more seldom.
package struct RetryDelay: Sendable {
    package static let first = Duration.seconds(1)
    package static let longest = Duration.seconds(300)

    private var delay = RetryDelay.first
    private var due: Duration?

    package init() {}

    /// Takes note of a pass.
    ///
    /// - Parameter now: the time since some fixed moment.
    package mutating func note(hasFailed: Bool, at now: Duration) {
        guard hasFailed else {
            self = RetryDelay()
            return
        }
        // A pass that was made for another reason is no try more.
        if let due, now < due { return }
        due = now + delay
        delay = min(delay * 2, Self.longest)
    }

    /// How long it is until the next try; nil if none is needed.
    package func remaining(at now: Duration) -> Duration? { due.map { max(.zero, $0 - now) } }
}
