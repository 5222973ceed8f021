// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// An entry that should be in the kernel; a class for the reason that ``DeclaredEntry`` is one.
package final class DesiredEntry: Sendable {
    package let declared: DeclaredEntry
    package let entry: Entry
    /// The interpreter's file as it was looked up; nil where this host has none, which only an entry without `F` may.
    package let interpreterFile: FileIdentity?
    /// What its user should know of it although it can be registered.
    package let caveat: String?

    init(
        declared: DeclaredEntry, entry: Entry, interpreterFile: FileIdentity?, caveat: String?
    ) throws(RegisterString.Invalid) {
        try RegisterString.check(entry)
        self.caveat = caveat
        self.declared = declared
        self.entry = entry
        self.interpreterFile = interpreterFile
    }

    /// What is written to register it; nil of none that there is, as each was checked.
    package var registerString: RegisterString? { try? RegisterString(entry) }
}
