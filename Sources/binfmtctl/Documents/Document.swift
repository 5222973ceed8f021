// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// A result as `--json` prints it. Within one `version`, members are added and never taken away.
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
