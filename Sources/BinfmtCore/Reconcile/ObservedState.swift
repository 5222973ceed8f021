// SPDX-License-Identifier: Apache-2.0

/// An entry as it stands in the kernel.
package struct ObservedEntry: Hashable, Sendable {
    package let name: EntryName
    package let registration: RegistrationIdentity
    package let status: Result<EntryStatus, EntryStatus.Malformed>

    package init(
        name: EntryName, registration: RegistrationIdentity, status: Result<EntryStatus, EntryStatus.Malformed>
    ) {
        self.name = name
        self.registration = registration
        self.status = status
    }

    /// The entry, if all of it is understood.
    package var entry: Entry? {
        guard case .success(let status) = status, status.isFullyUnderstood else { return nil }
        return understood
    }

    /// What is understood of the entry, whatever else the kernel says.
    package var understood: Entry? {
        guard case .success(let status) = status else { return nil }
        return Entry(
            name: name, recognition: status.recognition, interpreter: status.interpreter, flags: status.flags)
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
    package var recognition: Recognition? {
        if case .success(let status) = status { status.recognition } else { nil }
    }
}

/// The kernel's table at one moment.
package struct ObservedState: Hashable, Sendable {
    /// Whether the registry as a whole is switched on.
    package let isEnabled: Bool
    /// In matching order: the one that is asked first is first.
    package let entries: [ObservedEntry]

    package init(isEnabled: Bool, entries: [ObservedEntry]) {
        self.isEnabled = isEnabled
        self.entries = entries
    }

    /// The entries by their names.
    package var byName: [EntryName: ObservedEntry] {
        Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
