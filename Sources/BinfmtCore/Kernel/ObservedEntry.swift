// SPDX-License-Identifier: Apache-2.0

/// An entry as it stands in the kernel; a class for the reason that ``DeclaredEntry`` is one.
package final class ObservedEntry: Sendable {
    package let name: EntryName
    package let registration: RegistrationIdentity
    package let status: Result<EntryStatus, EntryStatus.Malformed>
    /// What is understood of the entry, whatever else the kernel says.
    package let understood: Entry?
    /// The name whose standIn this is, or nil.
    package let standInFor: EntryName?

    package init(
        name: EntryName, registration: RegistrationIdentity, status: Result<EntryStatus, EntryStatus.Malformed>
    ) {
        self.name = name
        self.registration = registration
        self.status = status
        standInFor = name.standInFor
        understood = (try? status.get()).map {
            Entry(name: name, recognition: $0.recognition, interpreter: $0.interpreter, flags: $0.flags)
        }
    }

    /// The entry, if all of it is understood.
    package var entry: Entry? {
        if case .success(let status) = status, status.isFullyUnderstood { understood } else { nil }
    }

    /// What is not, if there is anything.
    package var unknownText: String? {
        guard case .success(let status) = status, !status.isFullyUnderstood else { return nil }
        let flags = status.unknownFlags.isEmpty ? [] : ["flags \(status.unknownFlags)"]
        return (flags + status.unknownLines).joined(separator: ", ")
    }

    package var isEnabled: Bool {
        if case .success(let status) = status { status.isEnabled } else { false }
    }

    /// What it recognises, if that is understood.
    package var recognition: Recognition? { understood?.recognition }
}

extension ObservedEntry: Hashable {
    package static func == (a: ObservedEntry, b: ObservedEntry) -> Bool {
        a === b || (a.registration == b.registration && a.name == b.name && a.status == b.status)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(registration) }
}
