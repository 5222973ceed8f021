// SPDX-License-Identifier: Apache-2.0

extension ObservedState {
    /// The entries that are never asked, each with the one that takes all its files first.
    package var shadowing: [EntryName: EntryName] {
        var standInFor: [EntryName: EntryName] = [:]
        var ahead = CoverIndex()
        for entry in entries where entry.isEnabled {
            guard let recognition = entry.recognition else { continue }
            if let other = ahead.first(covering: recognition) { standInFor[entry.name] = other }
            ahead.append(entry.name, recognition)
        }
        return standInFor
    }
}
