// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What a pass does to one entry; a class for the reason that ``DeclaredEntry`` is one.
package final class Change: Sendable {
    package let kind: Kind
    package let name: EntryName
    package let cause: Cause
    /// What the kernel holds now, if that is understood.
    package let before: Entry?
    /// What it will hold.
    package let after: Entry?
    /// The entry for whose sake it is done: where that fails, this is left out.
    package let subject: EntryName

    init(kind: Kind, name: EntryName, cause: Cause, before: Entry?, after: Entry?, subject: EntryName? = nil) {
        self.kind = kind
        self.name = name
        self.cause = cause
        self.before = before
        self.after = after
        self.subject = subject ?? name
    }

    /// The same change seen otherwise.
    func `as`(_ kind: Kind, _ cause: Cause) -> Change {
        Change(kind: kind, name: name, cause: cause, before: before, after: after, subject: subject)
    }

    package enum Kind: String, Sendable, CaseIterable {
        /// Its pattern is served under the standIn's name, since whoever took the real one may be about to bring it back.
        case serve
        /// Somebody else's entry is put back.
        case restore
        case register, replace, reorder, enable, unregister
    }

    /// Why it is done.
    package enum Cause: Hashable, Sendable {
        /// It is declared and not in the kernel.
        case declared
        /// It was ours, and somebody removed it.
        case removed
        /// The end of a repair: its standIn serves the pattern, and now that nobody writes any more, the entry itself
        /// takes its place again, or is given up.
        case claimed
        /// The kernel has something else under the name: what of it changes.
        case differs(String)
        /// The interpreter's file is no longer the one that the kernel holds.
        case stale(FilePath)
        /// Whether the kernel holds the file that is there now, nobody can tell.
        case unknownFile
        /// Another program registered just this in its place, with a file that nobody recorded.
        case registeredAnew
        /// It must stay ahead of another one of ours.
        case mustPrecede(EntryName)
        /// An entry that is not ours was put ahead of it.
        case overtaken(EntryName)
        /// Somebody switched it off.
        case disabled
        /// It is ours and nothing declares it any more.
        case undeclared
        /// It is declared but must not be in the kernel.
        case withheld(String)
        /// A flush of the whole table took it, and `foreign = "protect"`.
        case flushed
        /// A standIn that nobody needs.
        case leftover
        /// Somebody asked for it.
        case released
        /// It is not ours, and `foreign = "remove"`.
        case foreign
    }
}

extension Change {
    /// Whether another program wants the entry otherwise than it is declared. One that merely removes entries, as a
    /// flush does, contests none: to give up on that would leave their files unserved.
    package var isContested: Bool {
        switch (kind, cause) {
        case (.serve, .differs), (.serve, .overtaken), (.enable, _): true
        default: false
        }
    }
}

extension Change {
    /// Whether it mends what another program did to an entry of ours; the end of a repair is no repair more.
    package var isRepair: Bool {
        switch (kind, cause) {
        case (_, .claimed), (.serve, .mustPrecede): false
        case (.serve, _), (.enable, _), (_, .removed), (_, .overtaken), (_, .registeredAnew): true
        default: false
        }
    }
}
