// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `check --json` prints.
struct CheckDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        case valid, broken
    }

    let version = 1
    let verdict: Verdict
    /// The number of entries.
    let entries: Int
    let issues: [IssueDocument]

    init(_ check: CheckResult) {
        verdict = check.isBroken ? .broken : .valid
        entries = check.count
        issues = check.issues.map(IssueDocument.init)
    }
}
