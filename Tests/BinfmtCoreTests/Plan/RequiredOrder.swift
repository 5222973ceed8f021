// SPDX-License-Identifier: Apache-2.0

@testable import BinfmtCore

/// The order in which the kernel must try entries: overlapping entries by rank, and declared entries before foreign
/// ones that match the same files.
struct RequiredOrder {
    let pairs: [(upper: EntryName, lower: EntryName)]

    init(_ wanted: [DesiredEntry], foreign: [ObservedEntry]) {
        let names = Set(wanted.map(\.entry.name))
        var pairs: [(EntryName, EntryName)] = []
        for (index, lower) in wanted.enumerated() {
            for upper in wanted[(index + 1)...] where upper.entry.recognition.overlaps(lower.entry.recognition) {
                pairs.append((upper.entry.name, lower.entry.name))
            }
        }
        for upper in wanted where !upper.declared.isOffer {
            for lower in foreign where lower.isEnabled && !names.contains(lower.name) {
                guard let recognition = lower.recognition else { continue }
                let isAlike = recognition.isMagic == upper.entry.recognition.isMagic
                if isAlike, recognition.overlaps(upper.entry.recognition) {
                    pairs.append((upper.entry.name, lower.name))
                }
            }
        }
        self.pairs = pairs
    }

    func isKept(by names: [EntryName]) -> Bool {
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
        return pairs.allSatisfy { pair in
            guard let upper = places[pair.upper], let lower = places[pair.lower] else { return true }
            return upper < lower
        }
    }
}
