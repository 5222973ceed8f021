// SPDX-License-Identifier: Apache-2.0

/// Detects entries that other programs keep changing, too slowly for ``RepairBudget`` to suspend them. They are reported by
/// one warning, and then once an hour, instead of one message for each repair.
package struct RepeatedRepairs: Sendable {
    /// The number of repairs within ``window`` that are reported individually.
    package static let limit = 5
    package static let window = Duration.seconds(60)
    /// The time between two reports of a fight that goes on.
    package static let interval = Duration.seconds(3600)
    /// The time without a repair after which a fight is over.
    package static let rest = Duration.seconds(600)

    /// A fight over an entry that is due to be reported.
    package struct Fight: Hashable, Sendable {
        package let name: EntryName
        /// The number of repairs since it began, or since the last report.
        package let count: Int
        /// The interpreter that the other program registered last; nil if it only removes the entry.
        package let rival: Entry?
    }

    private struct Account {
        var times: [Duration] = []
        var last = Duration.zero
        /// The time of the last report; nil before there are enough repairs for a fight.
        var told: Duration?
        var count = 0
    }

    private var accounts: [EntryName: Account] = [:]

    package init() {}

    /// Notes the changes of a pass.
    ///
    /// - Returns: the entries whose repairs are not reported individually, and the fights to report.
    package mutating func note(_ changes: [Change], at now: Duration) -> (silent: Set<EntryName>, fights: [Fight]) {
        accounts = accounts.filter { now - $0.value.last < Self.rest }
        var silent: Set<EntryName> = []
        var fights: [Fight] = []
        // A stand-in for a newly declared entry is not a repair.
        for change in changes where change.isRepair && change.cause != .declared {
            var account = accounts[change.name] ?? Account()
            account.times = account.times.filter { now - $0 < Self.window } + [now]
            account.last = now
            account.count += 1
            let isDue = account.told.map { now - $0 >= Self.interval } ?? (account.times.count > Self.limit)
            if isDue {
                fights.append(Fight(name: change.name, count: account.count, rival: change.before))
                account.told = now
                account.count = 0
            }
            if account.told != nil { silent.insert(change.name) }
            accounts[change.name] = account
        }
        return (silent, fights)
    }
}
