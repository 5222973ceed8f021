// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// What `register --json` prints, with options.
struct RegisterDocument: Document {
    struct Entry: Encodable {
        let name: String
        /// Whether it is as it was asked for.
        let good: Bool
        let state: String
        let interpreter: String
        let flags: [String]
        let reason: OrNull<String>
    }

    let version = 1
    let verdict: String
    let summary: String
    let entries: [Entry]
    /// The names that are not in the kernel any more.
    let removed: [String]
    let warnings: [String]
    let notes: [String]
    let problems: [String]

    init(_ result: RegisterResult) {
        verdict = result.verdict.rawValue
        summary = result.summary
        removed = result.removed.map(\.description)
        warnings = result.warnings
        notes = result.notes
        problems = result.problems
        entries = result.entries.map { line, isGood in
            let flags = line.entry?.flags ?? line.item.declared?.flags ?? []
            return Entry(
                name: line.name, good: isGood, state: line.state.rawValue, interpreter: line.interpreter,
                flags: flags.keys, reason: OrNull(line.reason?.description))
        }
    }
}
