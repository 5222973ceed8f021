// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import FoundationEssentials

/// What the commands print with `--json`. Members are added, never taken away, within one `version`.
protocol Document: Encodable {}

extension Document {
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

struct IssueDocument: Encodable {
    let file: String
    let line: Int
    let column: Int
    let severity: String
    let message: String

    init(_ issue: Issue) {
        file = issue.location.file.string
        line = issue.location.line
        column = issue.location.column
        severity = issue.severity.rawValue
        message = issue.message
    }
}

struct RecognitionDocument: Encodable {
    let type: String
    var offset: Int?
    var magic: String?
    var mask: String?
    var fileExtension: String?

    enum CodingKeys: String, CodingKey {
        case type, offset, magic, mask
        case fileExtension = "extension"
    }

    init(_ recognition: Recognition) {
        switch recognition {
        case .magic(let pattern):
            type = "magic"
            offset = pattern.offset
            magic = pattern.magic.hex
            mask = pattern.mask.hex
        case .filenameExtension(let name):
            type = "extension"
            fileExtension = name.description
        }
    }
}

/// What `check --json` prints.
struct CheckDocument: Document {
    let version = 1
    let verdict: String
    let issues: [IssueDocument]
}
