// SPDX-License-Identifier: Apache-2.0

/// The entries that must be re-registered so that the right entry takes each file.
///
/// The kernel asks the entry that was registered last first, and only a new registration moves an entry, to the head. So
/// an entry that is below one which it must precede has to be re-registered, and then every entry that must precede it,
/// too: each of these is necessary, so the set is the smallest.
struct MatchingOrder {
    /// The rank of a foreign entry: every entry that insists must precede it.
    static let foreign = -1

    /// An entry as far as the order is concerned.
    struct Element {
        let entry: Entry
        /// Of two entries that overlap, the one with the higher rank must precede the other.
        let rank: Int
        /// Whether it must precede a foreign entry that it overlaps.
        let insists: Bool
        /// Whether it can run what it takes: a foreign entry without an interpreter only stands in the way.
        var canRun = true
    }

    /// The ranks that must be re-registered, each with the name of an entry that it must precede and would not.
    private var moved: [Int: EntryName]

    /// - Parameters:
    ///   - kept: the kernel's entries that need no registration for another reason, in matching order, with the foreign
    ///     ones.
    ///   - fresh: the entries that are registered in any case.
    static func overtaking(kept: [Element], fresh: [Element]) -> [Int: EntryName] {
        var order = MatchingOrder(misplacedIn: kept)
        order.follow(fresh, kept: kept.filter { $0.rank != foreign })
        return order.moved
    }

    /// Finds the entries that have an overlapping entry of a lower rank ahead of them.
    private init(misplacedIn kept: [Element]) {
        moved = [:]
        let (upper, lower) = Self.inverted(kept)
        let ranks = kept.map(\.rank)
        var overlaps = OverlapIndex(upper.map { kept[$0].entry.recognition })
        for lower in lower {
            let rank = kept[lower].rank
            // The nearest one ahead is the first, because `upper` is in reverse order.
            let nearest = overlaps.first(overlapping: kept[lower].entry.recognition) { place in
                let upper = upper[place]
                return upper < lower && ranks[upper] < rank && Self.competes(kept[lower], with: kept[upper])
            }
            if let nearest { moved[rank] = kept[upper[nearest]].entry.name }
        }
    }

    /// Whether an entry must precede an overlapping one that is ahead of it. A foreign extension and a magic do not compete,
    /// although a file may match both: otherwise each extension that another program registers would cause all patterns
    /// that insist to be re-registered.
    private static func competes(_ lower: Element, with upper: Element) -> Bool {
        if upper.rank != foreign { return true }
        return (lower.insists || !upper.canRun) && lower.entry.recognition.isMagic == upper.entry.recognition.isMagic
    }

    /// The indices of the entries that have one of a higher rank behind them, and of those that have one of a lower rank
    /// ahead of them. Only these can be misplaced; after one change, one of the lists has a single element, so that
    /// comparing all pairs is linear.
    private static func inverted(_ kept: [Element]) -> (upper: [Int], lower: [Int]) {
        var lower: [Int] = []
        var lowest = Int.max
        for (index, element) in kept.enumerated() {
            if lowest < element.rank { lower.append(index) }
            lowest = min(lowest, element.rank)
        }
        if lower.isEmpty { return ([], []) }
        var upper: [Int] = []
        var highest = Int.min
        for (index, element) in kept.enumerated().reversed() {
            if highest > element.rank { upper.append(index) }
            highest = max(highest, element.rank)
        }
        return (upper, lower)
    }

    /// Adds every entry that must precede one that is registered.
    private mutating func follow(_ fresh: [Element], kept: [Element]) {
        var pending = fresh + kept.filter { moved[$0.rank] != nil }
        var overlaps = OverlapIndex(kept.map(\.entry.recognition))
        let ranks = kept.map(\.rank)
        var isMoved = kept.map { moved[$0.rank] != nil }
        while let registered = pending.popLast() {
            let rank = registered.rank
            for place in overlaps.overlapping(registered.entry.recognition, where: { ranks[$0] > rank && !isMoved[$0] })
            {
                moved[ranks[place]] = registered.entry.name
                isMoved[place] = true
                pending.append(kept[place])
            }
        }
    }
}
