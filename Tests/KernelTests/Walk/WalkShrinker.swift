// SPDX-License-Identifier: Apache-2.0

/// Looks for the fewest deeds of a failed walk that still fail, by leaving out halves, quarters and so on (Zeller and
/// Hildebrandt 2002, without the complements' subsets).
struct WalkShrinker {
    /// When to stop looking.
    let deadline: ContinuousClock.Instant
    /// Whether these steps fail on a new scene.
    let fails: ([Deed.Step]) -> Bool

    func shrink(_ failed: [Deed.Step]) -> [Deed.Step] {
        var steps = failed
        // What came before the last settled state seldom matters.
        let settled = steps.dropLast().lastIndex { $0.deed == .settle }
        if let settled, case let rest = Array(steps[(settled + 1)...]), fails(rest) { steps = rest }
        var size = max(1, steps.count / 2)
        while ContinuousClock.now < deadline {
            var end = steps.count
            var hasShrunk = false
            while end > 0, ContinuousClock.now < deadline {
                let start = max(0, end - size)
                var fewer = steps
                fewer.removeSubrange(start..<end)
                if !fewer.isEmpty, fails(fewer) {
                    steps = fewer
                    hasShrunk = true
                }
                end = start
            }
            if size == 1, !hasShrunk { break }
            if !hasShrunk || size > steps.count { size = max(1, min(size, steps.count) / 2) }
        }
        return steps
    }
}
