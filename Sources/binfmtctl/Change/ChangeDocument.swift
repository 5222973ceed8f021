// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// A change of one entry, in the documents of `plan`, `apply` and `release`.
struct ChangeDocument: Encodable {
    let change: Change.Kind
    let name: String
    let reason: String
    let before: EntryDocument?
    let after: EntryDocument?
    /// The reason why the change failed; only `apply` and `release` set it.
    let error: String?

    init(_ outcome: Outcome) { self.init(outcome.change, error: outcome.failure?.description) }

    init(_ change: Change, error: String? = nil) {
        self.change = change.kind
        name = change.name.description
        reason = change.cause.description
        before = change.before.map(EntryDocument.init)
        after = change.after.map(EntryDocument.init)
        self.error = error
    }
}
