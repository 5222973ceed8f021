// SPDX-License-Identifier: Apache-2.0

/// A declared entry that should not be in the kernel, and why.
package struct WithheldEntry: Sendable {
    package let declared: DeclaredEntry
    package let state: EntryState
    package let reason: WithheldReason
    /// Whether an entry of the name that is in the kernel stays there for now.
    var isKept = false
    /// The entry that it yields to.
    var taker: EntryName?
}
