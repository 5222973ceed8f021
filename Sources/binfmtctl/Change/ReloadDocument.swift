// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `reload --json` prints, and `apply --json` if the daemon is running.
struct ReloadDocument: Document {
    let version = 1
    let verdict: Report.Verdict
    let summary: String
    /// Whether the kernel's table was changed.
    let changed: Bool
    let errors: [String]

    init(_ result: ReloadResult) {
        verdict = result.verdict
        summary = result.summary
        changed = result.hasChangedTable
        errors = result.errors
    }
}
