// SPDX-License-Identifier: Apache-2.0

/// Spreads passes that others cause, so that whoever writes without a pause does not keep the daemon busy without a
/// pause: a burst at once, then so many a second.
package struct PassLimit {
    private static let burst = 20.0
    private static let rate = 10.0

    private var tokens = burst
    private var last: Duration?

    package init() {}

    /// - Parameter now: the time since some fixed moment.
    /// - Returns: how long the next pass has to wait.
    package mutating func delay(at now: Duration) -> Duration {
        let elapsed = last.map { now - $0 } ?? .zero
        last = now
        tokens = min(Self.burst, tokens + Self.rate * (elapsed / .seconds(1)))
        if tokens >= 1 {
            tokens -= 1
            return .zero
        }
        return .seconds((1 - tokens) / Self.rate)
    }
}
