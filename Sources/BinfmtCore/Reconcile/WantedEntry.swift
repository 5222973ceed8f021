// SPDX-License-Identifier: Apache-2.0

/// An entry that should be in the kernel and is not left to others, beside what there is of it: brought together once a
/// plan, since with thousands of entries to look a name up again for each question was a fifth of a start. A class for
/// the reason that ``DeclaredEntry`` is one.
package final class WantedEntry: Sendable {
    package let desired: DesiredEntry
    /// What the kernel has under its name, and where in matching order.
    let found: ObservedEntry?
    let place: Int?
    /// The shadow that serves its pattern meanwhile.
    let shadow: ObservedEntry?
    /// What is known of the one that was registered under its name.
    let record: Ownership.Record?

    init(_ desired: DesiredEntry, _ observed: ObservedState, _ ownership: Ownership, shadow: ObservedEntry?) {
        self.desired = desired
        place = observed.place(of: desired.entry.name)
        found = place.map { observed.entries[$0] }
        self.shadow = shadow
        record = ownership.records[desired.entry.name]
    }

    package var entry: Entry { desired.entry }

    package var name: EntryName { desired.entry.name }

    /// Whether what the kernel has under its name is what was recorded.
    var isRecorded: Bool { found.map { record?.registration == $0.registration } ?? false }

    /// Whether what the kernel has under its name is ours.
    var isOwned: Bool { found.map { record?.owns($0) == true } ?? false }

    /// Whether the shadow that is there already does what the entry is to do.
    var hasUsableShadow: Bool {
        guard let shadow, shadow.isEnabled, let served = shadow.understood else { return false }
        return served.hasSameContent(as: entry)
    }

    /// Whether a shadow that is there already serves all its files, if with an interpreter that was declared before: it
    /// may do so for a few writes more, while to take its name for another one would leave them unserved.
    var hasCoveringShadow: Bool {
        guard let shadow, shadow.isEnabled else { return false }
        return shadow.recognition?.covers(entry.recognition) == true
    }
}
