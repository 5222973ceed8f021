// SPDX-License-Identifier: Apache-2.0

/// What others did to the registry that a pass found, as far as its plan does not tell.
package struct Incident: Sendable {
    /// Entries that were not ours and are gone.
    package var removedForeign: [EntryName] = []
    /// Whether an earlier pass has told of it already, and this one ends it.
    package var isTold = false

    package init() {}
}
