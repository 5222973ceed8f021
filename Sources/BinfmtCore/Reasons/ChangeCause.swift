// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Why a pass changes an entry.
package enum ChangeCause: Reason {
    /// It is declared and not in the kernel.
    case declared
    /// Another program removed it.
    case removed
    /// Its stand-in has served the pattern, and no other program writes any more: the repair ends.
    case standInServed
    /// The kernel has something else under the name.
    case differs([EntryDifference])
    /// The interpreter's file is no longer the one that the kernel holds.
    case stale(FilePath)
    /// It is not known which interpreter file the kernel holds.
    case unknownFile
    /// Another program registered the same entry again, with an interpreter file that is not known.
    case reregistered
    /// It must stay ahead of another one of ours.
    case mustPrecede(EntryName)
    /// A foreign entry was registered ahead of it.
    case overtaken(EntryName)
    /// Another program disabled it.
    case disabled
    /// It is ours, and nothing declares it any more.
    case undeclared
    /// It is ours, and `[qemu]` does not select its target any more.
    case deselected(Deselection)
    /// It is declared, but must not be in the kernel.
    case withheld(WithheldReason)
    /// A flush of the whole table removed it, and `foreign = "protect"`.
    case flushed
    /// It is a stand-in that no repair needs.
    case leftover
    /// A user asked for its release.
    case released
    /// It is foreign, and `foreign = "remove"`.
    case foreign

    /// Why `[qemu]` does not select a target.
    package enum Deselection: Hashable, Sendable {
        /// `enabled = false` in the target's own table.
        case disabled(target: String, SourceLocation)
        /// `except` contains it.
        case excepted(SourceLocation)
        /// `targets` does not contain it.
        case unlisted(SourceLocation?)
    }

    package var code: ReasonCode {
        switch self {
        case .declared: .declared
        case .removed: .removed
        case .standInServed: .standInServed
        case .differs: .differs
        case .stale: .interpreterReplaced
        case .unknownFile: .interpreterUnknown
        case .reregistered: .reregistered
        case .mustPrecede: .mustPrecede
        case .overtaken: .overtaken
        case .disabled: .switchedOff
        case .undeclared: .undeclared
        case .deselected: .deselected
        case .withheld(let reason): reason.code
        case .flushed: .flushed
        case .leftover: .leftover
        case .released: .released
        case .foreign: .foreign
        }
    }
}
