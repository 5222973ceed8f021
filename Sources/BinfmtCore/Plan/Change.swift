// SPDX-License-Identifier: Apache-2.0

/// What a pass does to one entry. Reference type; see docs/performance.md.
package final class Change: Sendable {
    package let kind: Kind
    package let name: EntryName
    package let cause: ChangeCause
    /// What the kernel holds now, if that is understood.
    package let before: Entry?
    /// What it will hold.
    package let after: Entry?
    /// The entry for whose sake the change is made: where that fails, this change is skipped.
    package let subject: EntryName

    init(kind: Kind, name: EntryName, cause: ChangeCause, before: Entry?, after: Entry?, subject: EntryName? = nil) {
        self.kind = kind
        self.name = name
        self.cause = cause
        self.before = before
        self.after = after
        self.subject = subject ?? name
    }

    /// The change of the same entry with another kind and cause.
    func with(kind: Kind, cause: ChangeCause) -> Change {
        Change(kind: kind, name: name, cause: cause, before: before, after: after, subject: subject)
    }

    package enum Kind: String, Sendable, CaseIterable {
        /// A stand-in serves its pattern, because the program that removed the entry may be about to register it again.
        case serve
        /// A foreign entry is registered again.
        case restore
        case register, replace, reorder, enable, unregister
    }
}

extension Change {
    /// Whether another program wants something else under the name, or a foreign entry ahead of it. A program that only
    /// removes entries, as a flush does, contests none: to give up on these would leave their files unserved.
    package var isContested: Bool {
        switch (kind, cause) {
        case (.serve, .differs), (.serve, .overtaken), (.enable, _): true
        default: false
        }
    }

    /// Whether it undoes what another program did to an entry of ours. The end of a repair is not counted again.
    package var isRepair: Bool {
        switch (kind, cause) {
        case (_, .standInServed), (.serve, .mustPrecede): false
        case (.serve, _), (.enable, _), (_, .removed), (_, .overtaken), (_, .reregistered): true
        default: false
        }
    }
}
