// SPDX-License-Identifier: Apache-2.0

extension [ObservedEntry] {
    /// Of entries in matching order, those that never take a file, each with the first entry that takes all its files before
    /// it.
    package var shadowing: [EntryName: EntryName] {
        var shadowed: [EntryName: EntryName] = [:]
        var ahead = CoverIndex(lazy.compactMap(\.recognition))
        for entry in self where entry.isEnabled {
            guard let recognition = entry.recognition else { continue }
            if let other = ahead.append(entry.name, recognition) { shadowed[entry.name] = other }
        }
        return shadowed
    }
}
