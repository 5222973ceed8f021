// SPDX-License-Identifier: Apache-2.0

extension Terminal {
    /// A line's length for prose: the terminal's, but not so long that it could not be read.
    var measure: Int { min(width ?? 80, 100) }

    /// A text in lines of that length.
    ///
    /// - Parameters:
    ///   - indentation: how many blanks stand before each line.
    ///   - label: what stands in place of the blanks of the first.
    func paragraph(_ text: String, indentation: Int = 0, label: String = "") -> String {
        let blanks = String(repeating: " ", count: indentation)
        var lines: [String] = []
        var line = label.isEmpty ? blanks : label + String(repeating: " ", count: max(1, indentation - label.count))
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > measure {
                lines.append(line)
                line = blanks
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
