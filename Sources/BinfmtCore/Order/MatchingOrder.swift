// SPDX-License-Identifier: Apache-2.0

/// Which entries must be registered anew so that each file is taken by the right one.
///
/// The kernel asks the entry that was registered last first, and an entry cannot be moved but by registering it anew,
/// at the head. So an entry that stands below one which it must be ahead of has to be registered again, and then
/// everything that must stay ahead of it, too: the set is forced, and so it is the smallest.
struct MatchingOrder {
    /// The rank of an entry that is not ours: whatever insists must be ahead of it.
    static let foreign = -1

    /// An entry as far as the order is concerned.
    struct Element {
        let entry: Entry
        /// Of two that overlap, the one with the higher rank must be ahead.
        let rank: Int
        /// Whether it must be ahead of a foreign entry that it overlaps.
        let insists: Bool
    }

    /// For each rank to be registered anew, the name of an entry that it must be ahead of and is not, or would not be.
    private var moved: [Int: EntryName]

    /// - Parameters:
    ///   - kept: those in the kernel that need no registration for their own sake, in matching order; foreign ones, too.
    ///   - fresh: those that are to be registered, whatever the order.
    static func overtaking(kept: [Element], fresh: [Element]) -> [Int: EntryName] {
        var order = MatchingOrder(misplacedIn: kept)
        order.follow(fresh, kept: kept.filter { $0.rank != foreign })
        return order.moved
    }

    /// Finds those with an overlapping entry of a lower rank ahead of them.
    private init(misplacedIn kept: [Element]) {
        moved = [:]
        let (upper, lower) = Self.inverted(kept)
        var overlaps = OverlapIndex(upper.map { kept[$0].entry.recognition }, expectedQueries: lower.count)
        for lower in lower {
            let above = overlaps.overlapping(kept[lower].entry.recognition).map { upper[$0] }.filter { upper in
                upper < lower && kept[upper].rank < kept[lower].rank && Self.competes(kept[lower], with: kept[upper])
            }
            if let nearest = above.max() { moved[kept[lower].rank] = kept[nearest].entry.name }
        }
    }

    /// Whether of two that overlap the lower entry must not have the upper one ahead of it. Of what is foreign, a name's
    /// extension and a magic do not compete, though some file may have both: else every extension that anybody registers
    /// would have all patterns that insist registered anew.
    private static func competes(_ lower: Element, with upper: Element) -> Bool {
        if upper.rank != foreign { return true }
        return lower.insists && lower.entry.recognition.isMagic == upper.entry.recognition.isMagic
    }

    /// The indices of all that have something of a higher rank behind them, and of all that have something of a lower
    /// rank ahead of them. Only these can be misplaced; after one change, one of the lists has a single element, so
    /// that comparing each with each costs no more than one look at all.
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

    /// Adds all that must stay ahead of something that is registered anew.
    private mutating func follow(_ fresh: [Element], kept: [Element]) {
        var pending = fresh + kept.filter { moved[$0.rank] != nil }
        var overlaps = OverlapIndex(kept.map(\.entry.recognition), expectedQueries: pending.count)
        while let anew = pending.popLast() {
            for place in overlaps.overlapping(anew.entry.recognition) {
                let element = kept[place]
                guard element.rank > anew.rank, moved[element.rank] == nil else { continue }
                moved[element.rank] = anew.entry.name
                pending.append(element)
            }
        }
    }
}
