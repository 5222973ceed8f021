// SPDX-License-Identifier: Apache-2.0

/// Keeps two programs that fight over an entry from spinning: an entry that another program changes too often is
/// suspended for a while, and for longer each time.
package struct RepairBudget: Sendable {
    /// The number of repairs within the window that suspends an entry.
    package static let limit = 10
    package static let window = Duration.seconds(3)
    package static let firstDelay = Duration.seconds(10)
    package static let longestDelay = Duration.seconds(300)

    /// The suspension of an entry.
    package struct Suspension: Hashable, Sendable {
        /// The time at which it ends, on the clock of `spend`.
        package let until: Duration
        /// Its whole length.
        package let delay: Duration
        /// The entry that last stood in its place.
        package let rival: Entry?
    }

    private struct Account {
        var repairs: [Duration] = []
        var delay = RepairBudget.firstDelay
        var suspension: Suspension?
    }

    private var accounts: [EntryName: Account] = [:]

    package init() {}

    /// Records a repair.
    ///
    /// - Parameters:
    ///   - rival: the entry that stood in its place.
    ///   - now: the time since some fixed moment.
    package mutating func spend(on name: EntryName, rival: Entry?, at now: Duration) {
        var account = accounts[name] ?? Account()
        if let suspension = account.suspension, now - suspension.until > account.delay {
            // The other program has been quiet for longer than the next suspension would last.
            account = Account()
        }
        account.repairs = account.repairs.filter { now - $0 < Self.window } + [now]
        if account.repairs.count >= Self.limit {
            account.suspension = Suspension(until: now + account.delay, delay: account.delay, rival: rival)
            account.delay = min(account.delay * 2, Self.longestDelay)
            account.repairs = []
        }
        accounts[name] = account
    }

    /// The entries that are suspended now.
    package func suspended(at now: Duration) -> [EntryName: Suspension] {
        accounts.compactMapValues { account in account.suspension.flatMap { $0.until > now ? $0 : nil } }
    }

    /// The time until the first of them is tried again.
    package func remaining(at now: Duration) -> Duration? {
        suspended(at: now).values.map { $0.until - now }.min()
    }
}

extension RepairBudget.Suspension {
    package var reason: SuspensionReason {
        .contested(
            times: RepairBudget.limit, window: RepairBudget.window, rival: rival?.namedInterpreter, delay: delay)
    }
}
