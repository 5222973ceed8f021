// SPDX-License-Identifier: Apache-2.0

/// A complaint about a configuration file.
package struct Issue: Hashable, Sendable {
    package enum Severity: String, Sendable, CaseIterable {
        /// Something declared could not be taken.
        case error
        /// All was taken, but it may not do what its author expects.
        case warning
    }

    package let severity: Severity
    package let location: SourceLocation
    /// The entry in whose declaration it stands.
    package let entry: String?
    /// What is wrong.
    package let problem: String
    /// What was done about it.
    package var consequence: String?
    /// Whether it may be gone at the next reading although nobody mends anything.
    package var isTransient = false

    package init(
        _ severity: Severity, at location: SourceLocation, entry: String? = nil, _ problem: String,
        consequence: String? = nil
    ) {
        self.severity = severity
        self.location = location
        self.entry = entry
        self.problem = problem
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
