// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What a pass does to one entry.
package struct Change: Hashable, Sendable {
    package let kind: Kind
    package let name: EntryName
    package let cause: Cause
    /// What the kernel holds now, if that is understood.
    package let before: Entry?
    /// What it will hold.
    package let after: Entry?

    package enum Kind: String, Sendable, CaseIterable {
        case register, replace, reorder, enable, unregister
    }

    /// Why it is done.
    package enum Cause: Hashable, Sendable {
        /// It is declared and not in the kernel.
        case declared
        /// The kernel has something else under the name: what of it changes.
        case differs(String)
        /// The interpreter's file is no longer the one that the kernel holds.
        case stale(FilePath)
        /// Whether the kernel holds the file that is there now, nobody can tell.
        case unknownFile
        /// The order in which the kernel asks is wrong.
        case mustPrecede(EntryName)
        /// Somebody switched it off.
        case disabled
        /// It is ours and nothing declares it any more.
        case undeclared
        /// It is declared but must not be in the kernel.
        case withheld(String)
        /// A shadow that nobody needs.
        case leftover
        /// It is not ours, and `foreign = "remove"`.
        case foreign
    }
}

extension Change.Cause: CustomStringConvertible {
    package var description: String {
        switch self {
        case .declared: "declared"
        case .differs(let what): what
        case .stale(let interpreter): "\(interpreter) was replaced since it was registered"
        case .unknownFile: "nobody recorded which file the kernel holds"
        case .mustPrecede(let other): "it must be asked before '\(other)'"
        case .disabled: "it was disabled"
        case .undeclared: "no longer declared"
        case .withheld(let reason): reason
        case .leftover: "left over from a replacement that was interrupted"
        case .foreign: "not declared, and foreign = \"remove\""
        }
    }
}

extension Change.Kind {
    /// The sign that a plan shows before the entry.
    package var symbol: String {
        switch self {
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
        case .register: "registered"
        case .replace: "replaced"
        case .reorder: "put ahead"
        case .enable: "enabled"
        case .unregister: "unregistered"
        }
    }
}
