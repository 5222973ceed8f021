// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import FoundationEssentials

/// A result as `--json` prints it. Within one `version`, members are added and never taken away.
protocol Document: Encodable {}

extension Document {
    var json: String { get throws { try JSONText.encode(self, .prettyPrinted) } }

    /// The document without a line break.
    var line: String { get throws { try JSONText.encode(self) } }
}

/// The text of a value as JSON, which is harmless on a terminal.
enum JSONText {
    static func encode(
        _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting = [],
        keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
        encoder.keyEncodingStrategy = keys
        return String(decoding: try encoder.encode(value), as: UTF8.self).escapedForJSON
    }
}

extension String {
    /// A document in which also those characters are escaped that JSON permits in a string and that a terminal obeys.
    fileprivate var escapedForJSON: String {
        guard unicodeScalars.contains(where: { $0.isUnprintable && $0 != "\n" }) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            guard scalar.isUnprintable, scalar != "\n" else { return text.unicodeScalars.append(scalar) }
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }
}

extension StandardOutput {
    /// Writes a document.
    static func print(_ document: some Document) throws { try write(try document.json + "\n") }
}
