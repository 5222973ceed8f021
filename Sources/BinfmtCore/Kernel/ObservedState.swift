// SPDX-License-Identifier: Apache-2.0

/// The kernel's table at one moment.
package struct ObservedState: Hashable, Sendable {
    /// Whether the registry as a whole is switched on.
    package let isEnabled: Bool
    /// In matching order: the entry that is asked first comes first.
    package let entries: [ObservedEntry]
    private let places: [EntryName: Int]

    package init(isEnabled: Bool, entries: [ObservedEntry]) {
        self.isEnabled = isEnabled
        self.entries = entries
        var places: [EntryName: Int] = Dictionary(minimumCapacity: entries.count)
        for (place, entry) in entries.enumerated() { places[entry.name] = place }
        self.places = places
    }

    /// The place in ``entries`` of the entry of a name.
    package func place(of name: EntryName) -> Int? { places[name] }

    /// The entry of a name.
    package subscript(name: EntryName) -> ObservedEntry? { places[name].map { entries[$0] } }

    package static func == (a: ObservedState, b: ObservedState) -> Bool {
        a.isEnabled == b.isEnabled && a.entries == b.entries
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(entries) }
}
