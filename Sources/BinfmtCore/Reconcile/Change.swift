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
        /// Its pattern is served under the shadow's name, since whoever took the real one may be about to bring it back.
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
        /// The end of a repair: its shadow serves the pattern, and now that nobody writes any more, the entry itself
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
        /// A shadow that nobody needs.
        case leftover
        /// Somebody asked for it.
        case released
        /// It is not ours, and `foreign = "remove"`.
        case foreign
    }
}

extension Change.Cause: CustomStringConvertible {
    package var description: String {
        switch self {
        case .declared: "declared"
        case .removed: "another program removed it"
        case .claimed: "a second entry has served its pattern meanwhile"
        case .differs(let what): what
        case .stale(let interpreter): "\(interpreter) was replaced since it was registered"
        case .unknownFile: "nobody recorded which file the kernel holds"
        case .registeredAnew: "another program registered it anew, with which file nobody recorded"
        case .mustPrecede(let other): "it must be asked before '\(other)'"
        case .overtaken(let other): "'\(other)', which is not ours, was asked before it"
        case .disabled: "it was disabled"
        case .undeclared: "no longer declared"
        case .withheld(let reason): reason
        case .flushed: "a flush of the whole table took it"
        case .leftover: "left over from a replacement that was interrupted"
        case .released: "released"
        case .foreign: "not declared, and foreign = \"remove\""
        }
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

extension Change.Kind {
    /// The sign that a plan shows before the entry.
    package var symbol: String {
        switch self {
        case .serve: "»"
        case .restore: "<"
        case .register: "+"
        case .replace: "~"
        case .reorder: "^"
        case .enable: "!"
        case .unregister: "-"
        }
    }

    /// What has been done, as a participle.
    package var participle: String {
        switch self {
        case .serve: "served again"
        case .restore: "put back"
        case .register: "registered"
        case .replace: "replaced"
        case .reorder: "put ahead"
        case .enable: "enabled"
        case .unregister: "unregistered"
        }
    }
}
