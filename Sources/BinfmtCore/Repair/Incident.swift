// SPDX-License-Identifier: Apache-2.0

/// What others did to the registry that a pass found, as far as its plan does not tell.
package struct Incident: Sendable {
    /// Entries that were not ours and are gone.
    package var removedForeign: [EntryName] = []
    /// Entries whose repair has begun, of which an earlier pass has told already.
    package var told: Set<EntryName> = []

    package init() {}
}
