// SPDX-License-Identifier: Apache-2.0

/// An entry that should be in the kernel. Reference type; see docs/performance.md.
package final class DesiredEntry: Sendable {
    package let declared: DeclaredEntry
    package let entry: Entry
    /// The interpreters' files as they were looked up; nil where this host has none, which only an entry allows for which
    /// the kernel holds none.
    package let interpreterFiles: HeldFiles?
    package let caveats: [Caveat]

    /// - Throws: if no register string can hold the entry.
    init(
        declared: DeclaredEntry, entry: Entry, interpreterFiles: HeldFiles?, caveats: [Caveat]
    ) throws(RegisterString.Invalid) {
        try RegisterString.check(entry)
        self.caveats = caveats
        self.declared = declared
        self.entry = entry
        self.interpreterFiles = interpreterFiles
    }

    /// What is written to register it; never nil, since the initializer has checked the entry.
    package var registerString: RegisterString? { try? RegisterString(entry) }
}
