// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A foreign entry, as far as an offer may have to yield to it.
struct ForeignEntry {
    let name: EntryName
    let isEnabled: Bool
    let recognition: Recognition?
    let interpreter: FilePath?
    /// Nil if it is not fully understood.
    let entry: Entry?

    /// An entry of the kernel.
    init(_ observed: ObservedEntry) {
        name = observed.name
        isEnabled = observed.isEnabled
        recognition = observed.recognition
        interpreter = observed.understood?.interpreter
        entry = observed.entry
    }

    /// An entry that the plan restores.
    init(_ entry: Entry) {
        name = entry.name
        isEnabled = true
        recognition = entry.recognition
        interpreter = entry.interpreter
        self.entry = entry
    }
}
