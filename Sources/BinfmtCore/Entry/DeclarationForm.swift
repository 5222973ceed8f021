// SPDX-License-Identifier: Apache-2.0

/// How an entry is declared, as far as a remedy depends on it.
package enum DeclarationForm: Hashable, Sendable {
    /// As an `[entry]`, which can have every key.
    case table
    /// In a format without the keys of an `[entry]`: a line of binfmt.d(5), a file of /usr/share/binfmts, or `[qemu]`. An
    /// `[entry]` of this name can stand for it.
    case other(EntryName)
}
