// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// A change of one entry, in the documents of `plan`, `apply` and `release`.
struct ChangeDocument: Encodable {
    let change: Change.Kind
    let name: String
    let code: ReasonCode
    let reason: String
    let before: EntryDocument?
    let after: EntryDocument?
    /// The reason why the change failed; only `apply` and `release` set it.
    let error: String?
    let errorCode: ReasonCode?

    enum CodingKeys: String, CodingKey {
        case change, name, code, reason, before, after, error
        case errorCode = "error-code"
    }

    init(_ outcome: Outcome) { self.init(outcome.change, outcome.failure) }

    init(_ change: Change, _ failure: WriteFailure? = nil) {
        self.change = change.kind
        name = change.name.description
        code = change.cause.code
        reason = change.cause.description
        before = change.before.map(EntryDocument.init)
        after = change.after.map(EntryDocument.init)
        error = failure?.description
        errorCode = failure?.code
    }
}
