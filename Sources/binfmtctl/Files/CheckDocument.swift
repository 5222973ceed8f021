// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `check --json` prints.
struct CheckDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        case valid, broken
    }

    let version = 1
    let verdict: Verdict
    let issues: [IssueDocument]

    init(_ configuration: Configuration) {
        verdict = configuration.isBroken ? .broken : .valid
        issues = configuration.issues.map(IssueDocument.init)
    }
}
