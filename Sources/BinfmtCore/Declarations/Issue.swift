// SPDX-License-Identifier: Apache-2.0

/// A complaint about a configuration file, or about what `binfmtctl import` read.
package struct Issue: Hashable, Sendable {
    package enum Severity: String, CaseIterable, Sendable {
        /// A declaration was ignored.
        case error
        /// Every declaration was accepted, but one may not do what its author expects.
        case warning
    }

    /// What kind of mistake it is. The raw value is its stable machine name.
    package enum Kind: String, CaseIterable, Sendable {
        /// The text breaks the rules of its format.
        case syntax
        case unknownKey = "unknown-key"
        case wrongType = "wrong-type"
        case outOfRange = "out-of-range"
        /// A value of the right type that cannot be used.
        case invalidValue = "invalid-value"
        case missingKey = "missing-key"
        case conflictingKeys = "conflicting-keys"
        /// Two tables for the same target.
        case duplicate
        case unknownPreset = "unknown-preset"
        case unknownTarget = "unknown-target"
        /// A user other than root could have written the file.
        case untrusted
        case unreadable
        /// A file in a configuration directory is not read, because of its name.
        case misnamed
        /// Two entries of one priority recognise the same files.
        case ambiguous
        /// It is declared, and something else decides.
        case noEffect = "no-effect"
        /// No `[entry]` can stand for it.
        case notExpressible = "not-expressible"
        /// Another entry of the same name was imported.
        case overridden
        /// binfmtd refuses the entry without a key that allows it.
        case needsOverride = "needs-override"
        /// It stands for the issues of a file that are not listed.
        case unlisted
        /// The entry cannot be registered on this host.
        case notRegistered = "not-registered"
        /// The entry can be registered, but may do less than its author expects.
        case caveat
    }

    package let severity: Severity
    package let kind: Kind
    package let location: SourceLocation
    /// The entry whose declaration it is about.
    package let entry: String?
    /// What is wrong; cut if a text from a file makes it very long.
    package let problem: String
    /// What was done about it.
    package var consequence: String?
    /// The number of issues that it stands for.
    package var count = 1
    /// Whether the next reading may succeed although nothing was fixed.
    package var isTransient = false

    package init(
        _ severity: Severity, _ kind: Kind, at location: SourceLocation, entry: String? = nil, _ problem: String,
        consequence: String? = nil
    ) {
        self.severity = severity
        self.kind = kind
        self.location = location
        self.entry = entry?.excerpt
        self.problem = problem.excerpt
        self.consequence = consequence
    }

    /// The complaint without its place: `Entry 'name': what is wrong; what was done about it`.
    package var message: String {
        let subject = entry.map { "Entry '\($0)': " } ?? ""
        return subject + problem + (consequence.map { "; " + $0 } ?? "")
    }
}

extension Issue: CustomStringConvertible {
    package var description: String { "\(location): \(message)" }
}
