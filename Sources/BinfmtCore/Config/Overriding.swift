// SPDX-License-Identifier: Apache-2.0

/// Selects one declaration of each name: from the highest layer, and within a layer the last one.
struct Overriding {
    private(set) var winners: [DeclaredEntry] = []
    /// The declarations that a disabled one hides.
    private(set) var deselected: [DeclaredEntry] = []
    /// A warning for each declaration of an administrator's that has no effect.
    private(set) var issues: [Issue] = []

    init(_ declared: [DeclaredEntry]) {
        var places: [EntryName: Int] = Dictionary(minimumCapacity: declared.count)
        var isHidden = [Bool](repeating: false, count: declared.count)
        for (index, entry) in declared.enumerated() {
            guard let other = places.updateValue(index, forKey: entry.name) else { continue }
            let hidden = declared[other].layer > entry.layer ? index : other
            isHidden[hidden] = true
            if hidden == index { places[entry.name] = other }
        }
        winners = zip(declared, isHidden).compactMap { $1 ? nil : $0 }
        for (hidden, isHidden) in zip(declared, isHidden) where isHidden {
            guard let place = places[hidden.name] else { continue }
            note(hidden, by: declared[place])
        }
    }

    private mutating func note(_ hidden: DeclaredEntry, by winner: DeclaredEntry) {
        if !winner.isEnabled { return deselected.append(hidden) }
        // What packages ship is there to be overridden.
        guard let location = hidden.location, let other = winner.location, !hidden.isOffer, hidden.isEnabled,
            !ConfigTree.isPackaged(location.file)
        else { return }
        issues.append(
            Issue(
                .warning, .noEffect, at: location, entry: hidden.name.description,
                "this declaration has no effect, because \(other) declares the entry, too"))
    }
}
