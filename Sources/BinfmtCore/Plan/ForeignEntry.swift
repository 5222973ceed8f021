// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// An entry that is not ours, as far as an offer has to know it.
struct ForeignEntry {
    let name: EntryName
    let isEnabled: Bool
    let recognition: Recognition?
    let interpreter: FilePath?
    /// Nil if it is not fully understood.
    let entry: Entry?

    /// One that is there.
    init(_ observed: ObservedEntry) {
        name = observed.name
        isEnabled = observed.isEnabled
        recognition = observed.recognition
        interpreter = observed.understood?.interpreter
        entry = observed.entry
    }

    /// One that will be put back.
    init(_ entry: Entry) {
        name = entry.name
        isEnabled = true
        recognition = entry.recognition
        interpreter = entry.interpreter
        self.entry = entry
    }
}
