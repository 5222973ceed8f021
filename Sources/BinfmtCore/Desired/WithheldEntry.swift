// SPDX-License-Identifier: Apache-2.0

/// A declared entry that should not be in the kernel, and why.
package struct WithheldEntry: Sendable {
    package let declared: DeclaredEntry
    package let state: EntryState
    package let reason: String
    /// Whether one that is in the kernel may stay there for now.
    var isKept = false
    /// The entry that it is left to.
    var taker: EntryName?
}
