// SPDX-License-Identifier: Apache-2.0

extension Sequence<ObservedEntry> {
    /// Of entries in matching order, those that never take a file, each with the first entry that takes all its files before
    /// it.
    package var shadowing: [EntryName: EntryName] {
        var shadowed: [EntryName: EntryName] = [:]
        let asked = filter(\.isEnabled)
        var ahead = CoverIndex(asked.lazy.compactMap(\.recognition))
        for entry in asked {
            guard let recognition = entry.recognition else { continue }
            if let other = ahead.first(covering: recognition) { shadowed[entry.name] = other }
            ahead.append(entry.name, recognition)
        }
        return shadowed
    }
}
