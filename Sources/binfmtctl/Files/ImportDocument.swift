// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `import --json` prints.
struct ImportDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        case complete, incomplete
    }

    struct Entry: Encodable {
        let name: String
        let origin: String
        let enabled: Bool
        let interpreter: OrNull<DocumentPath>
        let flags: [String]
        let recognition: RecognitionDocument
    }

    let version = 1
    let verdict: Verdict
    let entries: [Entry]
    let issues: [IssueDocument]
    /// The text of the TOML file.
    let toml: String

    init(_ imported: Import) {
        verdict = imported.isComplete ? .complete : .incomplete
        issues = imported.issues.map(IssueDocument.init)
        toml = imported.toml(schema: ConfigSchema.path)
        entries = imported.entries.compactMap { item in
            guard case .entry(let entry, let isEnabled) = item.content else { return nil }
            return Entry(
                name: entry.name.description, origin: item.origin, enabled: isEnabled,
                interpreter: OrNull(entry.namedInterpreter.map(DocumentPath.init)), flags: entry.flags.keys,
                recognition: RecognitionDocument(entry.recognition))
        }
    }
}
