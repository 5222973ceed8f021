// SPDX-License-Identifier: Apache-2.0

/// One entry as another format or the kernel has it, on its way into TOML.
package struct ImportedEntry: Sendable {
    package enum Content: Sendable {
        case entry(Entry, isEnabled: Bool)
        /// What TOML has no words for: why, and how its source says it.
        case inexpressible(reason: String, text: String)
        /// Another of its name counts, which is at that place.
        case overridden(Entry, by: String)
    }

    package let location: SourceLocation
    /// Where it was read, for a person.
    package let origin: String
    package let content: Content

    /// The entry, where TOML can say it.
    package var entry: Entry? {
        if case .entry(let entry, _) = content { entry } else { nil }
    }
}
