// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension ObservedState {
    /// The interpreters of foreign entries.
    package func foreignInterpreters(_ ownership: Ownership) -> Set<FilePath> {
        var paths: Set<FilePath> = []
        for found in entries where paths.count < Self.examined && !ownership.owns(found) {
            paths.formUnion(found.understood?.namedInterpreters ?? [])
        }
        return paths
    }

    /// The number of foreign interpreters that are looked at.
    private static let examined = 256
}

/// A foreign entry, as far as an offer may have to yield to it.
struct ForeignEntry {
    let name: EntryName
    let isEnabled: Bool
    let recognition: Recognition?
    let interpreter: FilePath?
    /// Nil if it is not fully understood.
    let entry: Entry?

    /// Whether it can run what it takes: the kernel holds its interpreter, or that exists.
    func canRun(without absent: Set<FilePath>) -> Bool {
        guard let entry, !entry.holdsInterpreters else { return true }
        return !absent.contains(entry.interpreter)
    }

    /// An entry of the kernel.
    init(_ observed: ObservedEntry) {
        name = observed.name
        isEnabled = observed.isEnabled
        recognition = observed.recognition
        interpreter = observed.understood?.namedInterpreter
        entry = observed.entry
    }

    /// An entry that the plan restores.
    init(_ entry: Entry) {
        name = entry.name
        isEnabled = true
        recognition = entry.recognition
        interpreter = entry.namedInterpreter
        self.entry = entry
    }
}
