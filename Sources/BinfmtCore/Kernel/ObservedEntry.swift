// SPDX-License-Identifier: Apache-2.0

/// An entry as the kernel has it. Reference type; see docs/performance.md.
package final class ObservedEntry: Sendable {
    package let name: EntryName
    package let registration: RegistrationIdentity
    package let status: Result<EntryStatus, EntryStatus.Malformed>
    /// The entry, even if the kernel printed more than this version knows; nil if the text is malformed, or of a kind that
    /// this version does not know.
    package let understood: Entry?
    /// The name of the entry whose stand-in this is; nil if it is none.
    package let standInFor: EntryName?

    package init(
        name: EntryName, registration: RegistrationIdentity, status: Result<EntryStatus, EntryStatus.Malformed>
    ) {
        self.name = name
        self.registration = registration
        self.status = status
        standInFor = name.standInFor
        if case .success(let status) = status, let recognition = status.recognition {
            understood = Entry(
                name: name, recognition: recognition, interpreter: status.interpreter ?? "", flags: status.flags)
        } else {
            understood = nil
        }
    }

    /// The entry, if the text is fully understood.
    package var entry: Entry? {
        if case .success(let status) = status, status.isFullyUnderstood { understood } else { nil }
    }

    /// The flags and lines that this version does not know; nil if there are none.
    package var unknownText: String? {
        guard case .success(let status) = status, !status.isFullyUnderstood else { return nil }
        let flags = status.unknownFlags.isEmpty ? [] : ["flags \(status.unknownFlags)"]
        return (flags + status.unknownLines).joined(separator: ", ")
    }

    package var isEnabled: Bool {
        if case .success(let status) = status { status.isEnabled } else { false }
    }

    /// Which files it is for; nil if the text is malformed or of an unknown kind.
    package var recognition: Recognition? { understood?.recognition }
}

extension ObservedEntry: Hashable {
    package static func == (a: ObservedEntry, b: ObservedEntry) -> Bool {
        a === b || (a.registration == b.registration && a.name == b.name && a.status == b.status)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(registration) }
}
