// SPDX-License-Identifier: Apache-2.0

/// Spreads passes that other programs cause, so that a program that writes continuously does not keep the daemon busy:
/// a burst of passes runs at once, further ones at a fixed rate.
package struct PassLimit {
    /// The number of passes that run at once.
    private static let burst = 20.0
    /// The number of further passes per second.
    private static let rate = 10.0

    private var tokens = burst
    private var last: Duration?

    package init() {}

    /// - Parameter now: the time since some fixed moment.
    /// - Returns: the time that the next pass has to wait.
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
