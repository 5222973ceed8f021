// SPDX-License-Identifier: Apache-2.0

/// Changes of the registry by other programs that a pass found and that its plan does not contain.
package struct Incident: Sendable {
    /// Foreign entries that were removed.
    package var removedForeign: [EntryName] = []
    /// Whether such entries are restored after a flush, if they can be.
    package var isProtected = false
    /// Entries whose repair has begun, and that an earlier pass has reported.
    package var reported: Set<EntryName> = []

    package init() {}
}
