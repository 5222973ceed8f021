// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// A problem of a configuration file, in the documents of several commands.
struct IssueDocument: Encodable {
    let file: DocumentPath
    let line: Int
    let column: Int
    let severity: Issue.Severity
    let code: Issue.Kind
    let message: String

    init(_ issue: Issue) {
        file = DocumentPath(issue.location.file)
        line = issue.location.line
        column = issue.location.column
        severity = issue.severity
        code = issue.kind
        message = issue.message
    }
}
