// SPDX-License-Identifier: Apache-2.0

/// Detects whether other programs are writing to the registry, by comparing the table that each pass finds with the one
/// that the last pass left.
package struct Disturbance: Sendable {
    /// The time without writes by other programs before names that they removed are registered again.
    package static let quietPeriod = Duration.milliseconds(100)

    /// The upper bound on waiting for quiet: a program that never pauses is not a service restarting.
    package static let longestWait = Duration.seconds(2)

    private var left: ObservedState?
    /// The foreign entries that a flush removed while the last pass made its changes.
    private var flushed: [ObservedEntry] = []
    private var first: Duration?
    private var last: Duration?

    package init() {}

    /// The entries that a flush of the whole table removed since the last pass, in matching order; empty if any entry
    /// of the last pass remains. A table of one entry does not count, because that entry may have been removed by name.
    package func flushedSinceLastPass(_ observed: ObservedState) -> [ObservedEntry] {
        if !flushed.isEmpty { return flushed }
        guard let left, left.entries.count > 1 else { return [] }
        let present = Set(observed.entries.map(\.registration))
        return left.entries.contains { present.contains($0.registration) } ? [] : left.entries
    }

    /// The entries whose names have disappeared since the last pass, in matching order.
    package func removedSinceLastPass(_ observed: ObservedState) -> [ObservedEntry] {
        guard let left, left.entries.count + observed.entries.count > 0 else { return [] }
        return left.entries.filter { observed[$0.name] == nil }
    }

    /// Records the table that a pass found.
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
        flushed = []
    }

    /// Records the table that a pass left. The foreign entries that it had found and did not unregister count as left even
    /// if they are gone, because then another program removed them meanwhile, which the next pass has to find.
    ///
    /// - Parameters:
    ///   - found: the table that the pass found.
    ///   - unregistered: the names that it unregistered.
    package mutating func noteLeft(
        _ observed: ObservedState, found: ObservedState, _ ownership: Ownership = Ownership(),
        unregistered: Set<EntryName> = []
    ) {
        let present = Set(observed.entries.map(\.registration))
        let gone = found.entries.filter {
            !present.contains($0.registration) && !unregistered.contains($0.name) && !ownership.owns($0)
        }
        if gone.isEmpty { return left = observed }
        let isFlush = found.entries.count > 1 && !found.entries.contains { present.contains($0.registration) }
        flushed = isFlush ? gone : []
        left = ObservedState(isEnabled: observed.isEnabled, entries: observed.entries + gone)
    }

    /// The time until the quiet period is over; nil if it is.
    package func remaining(at now: Duration) -> Duration? { last.map { max(.zero, $0 + Self.quietPeriod - now) } }
}
