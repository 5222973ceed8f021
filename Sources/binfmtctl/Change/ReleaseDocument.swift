// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `release --json` prints.
struct ReleaseDocument: Document {
    let version = 1
    let verdict: ReleaseResult.Verdict
    let summary: String
    let changes: [ChangeDocument]
    let issues: [IssueDocument] = []

    init(_ result: ReleaseResult) {
        verdict = result.verdict
        summary = result.summary
        changes = result.outcomes.map { ChangeDocument($0) }
    }
}
