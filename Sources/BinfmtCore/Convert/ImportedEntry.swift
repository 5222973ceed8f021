// SPDX-License-Identifier: Apache-2.0

/// An entry that `binfmtctl import` read.
package struct ImportedEntry: Sendable {
    package enum Content: Sendable {
        case entry(Entry, isEnabled: Bool)
        /// An entry that no `[entry]` can express: why, and its text in the source.
        case inexpressible(reason: String, text: String)
        /// Another entry of its name wins, which is at that place.
        case overridden(Entry, by: String)
    }

    package let location: SourceLocation
    /// Where it was read, for people to read.
    package let origin: String
    package let content: Content

    /// The entry, if an `[entry]` expresses it.
    package var entry: Entry? {
        if case .entry(let entry, _) = content { entry } else { nil }
    }
}
