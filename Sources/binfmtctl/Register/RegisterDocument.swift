// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `register --json` prints with options.
struct RegisterDocument: Document {
    struct Entry: Encodable {
        let name: String
        /// Whether the entry is as requested.
        let good: Bool
        let state: EntryState
        let interpreter: OrNull<DocumentPath>
        let flags: [String]
        let code: OrNull<ReasonCode>
        let reason: OrNull<String>

        init(_ line: StatusLine, isGood: Bool) {
            name = line.name
            good = isGood
            state = line.state
            interpreter = OrNull(line.interpreter.map(DocumentPath.init))
            flags = line.flags.keys
            code = OrNull(line.reason?.code)
            reason = OrNull(line.reason?.description)
        }
    }

    let version = 1
    let verdict: RegisterResult.Verdict
    let summary: String
    /// Whether a drop-in or the kernel's table was changed.
    let changed: Bool
    let entries: [Entry]
    /// The names of the entries that are no longer registered.
    let removed: [String]
    let warnings: [String]
    let notes: [String]
    let problems: [String]

    init(_ result: RegisterResult) {
        verdict = result.verdict
        summary = result.summary
        changed = result.hasChanged
        removed = result.removed.map(\.description)
        warnings = result.warnings
        notes = result.notes
        problems = result.problems
        entries = result.entries.map(Entry.init)
    }
}
