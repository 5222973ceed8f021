// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The document that `reload --json` prints, and `apply --json` if the daemon is running.
struct ReloadDocument: Document {
    let version = 1
    let verdict: Report.Verdict
    let summary: String
    let errors: [String]

    init(_ result: Result<DaemonStatus, ReloadFailure>) {
        switch result {
        case .success(let status): (verdict, summary, errors) = (status.verdict, status.summary, status.errors)
        case .failure(let failure): (verdict, summary, errors) = (.unavailable, "\(failure)", ["\(failure)"])
        }
    }
}
