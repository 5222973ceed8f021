// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `export --json` prints.
struct ExportDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        case complete, incomplete
    }

    /// An entry that is only a comment in the output.
    struct Lost: Encodable {
        let name: String
        let code: ReasonCode
        let reason: String
    }

    let version = 1
    let verdict: Verdict
    let format: ExportFormat
    /// The number of converted entries.
    let entries: Int
    let lost: [Lost]
    let issues: [IssueDocument]
    /// The text of the file.
    let text: String

    init(_ export: BinfmtDExport, _ configuration: Configuration, _ format: ExportFormat) {
        verdict = configuration.isBroken || !export.lost.isEmpty ? .incomplete : .complete
        self.format = format
        entries = export.count
        lost = export.lost.map {
            Lost(name: $0.entry.name.description, code: $0.reason.code, reason: $0.reason.description)
        }
        issues = configuration.issues.map(IssueDocument.init)
        text = export.text
    }
}
