// SPDX-License-Identifier: Apache-2.0

/// An entry that should be in the kernel and is not left to others, beside what there is of it: brought together once a
/// plan, since with thousands of entries to look a name up again for each question was a fifth of a start. A class for
/// the reason that ``DeclaredEntry`` is one.
package final class WantedEntry: Sendable {
    package let desired: DesiredEntry
    /// What the kernel has under its name, and where in matching order.
    let found: ObservedEntry?
    let place: Int?
    /// The standIn that serves its pattern meanwhile.
    let standIn: ObservedEntry?
    /// What is known of the one that was registered under its name.
    let record: Ownership.Record?

    init(_ desired: DesiredEntry, _ observed: ObservedState, _ ownership: Ownership, standIn: ObservedEntry?) {
        self.desired = desired
        place = observed.place(of: desired.entry.name)
        found = place.map { observed.entries[$0] }
        self.standIn = standIn
        record = ownership.records[desired.entry.name]
    }

    package var entry: Entry { desired.entry }

    package var name: EntryName { desired.entry.name }

    /// Whether what the kernel has under its name is what was recorded.
    var isRecorded: Bool { found.map { record?.registration == $0.registration } ?? false }

    /// Whether what the kernel has under its name is ours.
    var isOwned: Bool { found.map { record?.owns($0) == true } ?? false }

    /// Whether the standIn that is there already does what the entry is to do.
    var hasUsableStandIn: Bool {
        guard let standIn, standIn.isEnabled, let served = standIn.understood else { return false }
        return served.hasSameContent(as: entry)
    }

    /// Whether a standIn that is there already serves all its files, if with an interpreter that was declared before: it
    /// may do so for a few writes more, while to take its name for another one would leave them unserved.
    var hasCoveringStandIn: Bool {
        guard let standIn, standIn.isEnabled else { return false }
        return standIn.recognition?.covers(entry.recognition) == true
    }
}
