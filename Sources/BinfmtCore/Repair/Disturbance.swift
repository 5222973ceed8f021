// SPDX-License-Identifier: Apache-2.0

/// Whether others are writing to the registry, told by comparing what each pass finds with what the last one left.
package struct Disturbance: Sendable {
    /// How long nobody else must have written before names are taken back that others removed.
    package static let quietPeriod = Duration.milliseconds(100)

    /// For how long at most that is waited for: who writes without a pause is in no restart.
    package static let longestWait = Duration.seconds(2)

    private var left: ObservedState?
    private var first: Duration?
    private var last: Duration?

    package init() {}

    /// What a flush of the whole table has taken since the last pass, in matching order: nothing of what that left is there.
    /// One entry alone may as well have been removed by name.
    package func flushedSinceLastPass(_ observed: ObservedState) -> [ObservedEntry] {
        guard let left, left.entries.count > 1 else { return [] }
        let present = Set(observed.entries.map(\.registration))
        return left.entries.contains { present.contains($0.registration) } ? [] : left.entries
    }

    /// What is gone since the last pass, name and all, in matching order.
    package func removedSinceLastPass(_ observed: ObservedState) -> [ObservedEntry] {
        guard let left, left.entries.count + observed.entries.count > 0 else { return [] }
        return left.entries.filter { observed[$0.name] == nil }
    }

    /// Takes note of what a pass found.
    ///
    /// - Parameter now: the time since some fixed moment.
    package mutating func noteFound(_ observed: ObservedState, at now: Duration) {
        if let left, left != observed {
            first = first ?? now
            last = now
        }
        if let first, let last, now - last >= Self.quietPeriod || now - first >= Self.longestWait {
            self.first = nil
            self.last = nil
        }
        left = observed
    }

    /// Takes note of what a pass left.
    package mutating func noteLeft(_ observed: ObservedState) { left = observed }

    /// How long it is until it will have been quiet for long enough; nil if it has been.
    package func remaining(at now: Duration) -> Duration? { last.map { max(.zero, $0 + Self.quietPeriod - now) } }
}
