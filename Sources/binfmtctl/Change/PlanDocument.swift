// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// What `plan --json`, `apply --json` and `release --json` print.
struct PlanDocument: Document {
    struct Entry: Encodable {
        let interpreter: String
        let flags: [String]
        let recognition: RecognitionDocument

        init(_ entry: BinfmtCore.Entry) {
            interpreter = entry.interpreter.string
            flags = entry.flags.keys
            recognition = RecognitionDocument(entry.recognition)
        }
    }

    struct Change: Encodable {
        let change: String
        let name: String
        let reason: String
        let before: Entry?
        let after: Entry?
        /// Set by `apply` and `release` alone: why it could not be done.
        var error: String?

        init(_ outcome: Outcome) { self.init(outcome.change, error: outcome.failure?.description) }

        init(_ change: BinfmtCore.Change, error: String? = nil) {
            self.change = change.kind.rawValue
            name = change.name.description
            reason = change.cause.description
            before = change.before.map(Entry.init)
            after = change.after.map(Entry.init)
            self.error = error
        }
    }

    let version = 1
    let verdict: String
    let summary: String
    let changes: [Change]
    let issues: [IssueDocument]
}
