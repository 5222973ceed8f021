// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The document that `plan --json` and `apply --json` print.
struct PlanDocument: Document {
    let version = 1
    let verdict: Report.Verdict
    let summary: String
    /// Whether the kernel's table was changed; only `apply` has it.
    let changed: Bool?
    let changes: [ChangeDocument]
    let issues: [IssueDocument]

    /// The changes that a pass would make.
    init(_ status: HostStatus) {
        verdict = status.verdict
        summary = status.summary
        changed = nil
        changes = status.snapshot?.plan.changes.map { ChangeDocument($0) } ?? []
        issues = status.issues.map(IssueDocument.init)
    }

    /// The changes that a pass has made.
    init(_ pass: Pass, _ report: Report) {
        verdict = report.verdict
        summary = report.summary
        changed = pass.hasChangedTable
        changes = pass.applied.outcomes.map { ChangeDocument($0) }
        issues = pass.configuration.issues.map(IssueDocument.init)
    }

    init(unavailable reason: String) {
        verdict = .unavailable
        summary = reason
        changed = false
        changes = []
        issues = []
    }
}
