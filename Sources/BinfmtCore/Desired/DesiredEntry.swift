// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// An entry that should be in the kernel.
package struct DesiredEntry: Sendable {
    package let declared: DeclaredEntry
    package let entry: Entry
    /// The interpreter's file as it was looked up; nil where this host has none, which only an entry without `F` allows.
    package let interpreterFile: FileIdentity?
    package let caveats: [Caveat]

    /// - Throws: if no register string can hold the entry.
    init(
        declared: DeclaredEntry, entry: Entry, interpreterFile: FileIdentity?, caveats: [Caveat]
    ) throws(RegisterString.Invalid) {
        try RegisterString.check(entry)
        self.caveats = caveats
        self.declared = declared
        self.entry = entry
        self.interpreterFile = interpreterFile
    }

    /// What is written to register it; never nil, since the initializer has checked the entry.
    package var registerString: RegisterString? { try? RegisterString(entry) }
}
