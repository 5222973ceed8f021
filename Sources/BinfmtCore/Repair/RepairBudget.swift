// SPDX-License-Identifier: Apache-2.0

/// Keeps two programs that fight over an entry from spinning: an entry that another program changed too often is given
/// up for a while, each time for longer.
package struct RepairBudget: Sendable {
    /// So many repairs within the window are one too many.
    package static let limit = 10
    package static let window = Duration.seconds(3)
    package static let firstDelay = Duration.seconds(10)
    package static let longestDelay = Duration.seconds(300)

    /// An entry that is given up.
    package struct Suspension: Hashable, Sendable {
        /// Until when, in the time that `spend` was given.
        package let until: Duration
        /// For how long in all.
        package let delay: Duration
        /// What the kernel had instead, last.
        package let rival: Entry?
    }

    private struct Account {
        var repairs: [Duration] = []
        var delay = RepairBudget.firstDelay
        var suspension: Suspension?
    }

    private var accounts: [EntryName: Account] = [:]

    package init() {}

    /// Takes note of a repair.
    ///
    /// - Parameters:
    ///   - rival: what stood in the entry's place.
    ///   - now: the time since some fixed moment.
    package mutating func spend(on name: EntryName, rival: Entry?, at now: Duration) {
        var account = accounts[name] ?? Account()
        if let suspension = account.suspension, now - suspension.until > account.delay {
            // The other has kept quiet for longer than it would be given now.
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

    /// The entries that are given up now.
    package func suspended(at now: Duration) -> [EntryName: Suspension] {
        accounts.compactMapValues { account in account.suspension.flatMap { $0.until > now ? $0 : nil } }
    }

    /// How long it is until the first of them is tried again.
    package func remaining(at now: Duration) -> Duration? {
        suspended(at: now).values.map { $0.until - now }.min()
    }
}

extension RepairBudget.Suspension {
    package var reason: SuspensionReason {
        .contested(
            times: RepairBudget.limit, window: RepairBudget.window, rival: rival?.interpreter, delay: delay)
    }
}
