// SPDX-License-Identifier: Apache-2.0

/// Notices that other programs change an entry again and again, slowly enough that it is repaired each time: that is told by
/// one warning, and then once an hour, instead of each time.
package struct RepeatedRepairs: Sendable {
    /// The number of repairs within ``window`` that are told one by one.
    package static let limit = 5
    package static let window = Duration.seconds(60)
    /// How often a fight that goes on is told.
    package static let interval = Duration.seconds(3600)
    /// The time without a repair after which a fight is over.
    package static let rest = Duration.seconds(600)

    /// A fight over an entry that is to be told now.
    package struct Fight: Hashable, Sendable {
        package let name: EntryName
        /// The number of repairs since it began, or since it was last told.
        package let count: Int
        /// The interpreter that the other program registered last; nil if it only removes the entry.
        package let rival: Entry?
    }

    private struct Account {
        var times: [Duration] = []
        var last = Duration.zero
        /// When the fight was last told; nil before it is one.
        var told: Duration?
        var count = 0
    }

    private var accounts: [EntryName: Account] = [:]

    package init() {}

    /// Notes the changes of a pass.
    ///
    /// - Returns: the entries whose repairs are not to be told one by one, and the fights to tell.
    package mutating func note(_ changes: [Change], at now: Duration) -> (silent: Set<EntryName>, fights: [Fight]) {
        accounts = accounts.filter { now - $0.value.last < Self.rest }
        var silent: Set<EntryName> = []
        var fights: [Fight] = []
        // What is served at once because it is declared anew is no repair.
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
