// SPDX-License-Identifier: Apache-2.0

/// A desired entry beside what the kernel and the ownership file have under its name: looked up once a plan, because
/// with thousands of entries a look-up for each question took a fifth of a start. Reference type; see docs/performance.md.
package final class WantedEntry: Sendable {
    package let desired: DesiredEntry
    /// What the kernel has under its name.
    let found: ObservedEntry?
    /// The place of ``found`` in matching order.
    let place: Int?
    /// The stand-in that the kernel has for it.
    let standIn: ObservedEntry?
    /// What is recorded of the entry that was registered under its name.
    let record: Ownership.Record?
    /// Whose ``found`` is.
    let claim: Ownership.Claim

    init(_ desired: DesiredEntry, _ observed: ObservedState, _ ownership: Ownership, standIn: ObservedEntry?) {
        self.desired = desired
        place = observed.place(of: desired.entry.name)
        found = place.map { observed.entries[$0] }
        self.standIn = standIn
        record = ownership.records[desired.entry.name]
        claim = Ownership.Claim(record, on: found)
    }

    /// Whether the kernel has what we registered, which no other program has switched off.
    var isAsWeLeftIt: Bool { claim == .recorded && found?.isEnabled == true }

    package var entry: Entry { desired.entry }

    package var name: EntryName { desired.entry.name }

    /// Whether the stand-in in the kernel already does what the entry is to do.
    var hasUsableStandIn: Bool {
        guard let standIn, standIn.isEnabled, let served = standIn.understood else { return false }
        return served.hasSameContent(as: entry)
    }

    /// Whether the stand-in in the kernel takes all files of the entry, perhaps with an interpreter that was declared
    /// before. It may do so for a few writes more: to replace it would leave the files unserved.
    var hasCoveringStandIn: Bool {
        guard let standIn, standIn.isEnabled else { return false }
        return standIn.recognition?.covers(entry.recognition) == true
    }
}
