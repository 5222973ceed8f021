// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension ObservedState {
    /// The interpreters of foreign entries for programs of other architectures that the kernel looks up at each exec: an
    /// offer yields to such an entry only if that exists.
    package func rivals(of ownership: Ownership) -> [FilePath] {
        entries.compactMap { found in
            guard let entry = found.entry, found.isEnabled, !entry.flags.contains(.fixBinary), !ownership.owns(found),
                case .magic(let pattern) = entry.recognition, pattern.isELF
            else { return nil }
            return entry.interpreter
        }
    }
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
        guard let entry, !entry.flags.contains(.fixBinary) else { return true }
        return !absent.contains(entry.interpreter)
    }

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
