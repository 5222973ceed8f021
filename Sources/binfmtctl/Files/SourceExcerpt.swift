// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// A line of a file with a caret below a column. A line that is too long is cut around the column.
struct SourceExcerpt {
    let text: String

    /// The width for another program, so that the lines of a large file do not fill its memory.
    private static let widthOutsideTerminals = 1000

    /// - Parameters:
    ///   - column: from 1, in Unicode scalars.
    ///   - width: the terminal's, in columns; nil if there is none.
    init(line: String, column: Int, _ width: Int?) {
        var line = Array(line.unicodeScalars)
        var column = column - 1
        line = line.map { $0 != "\t" && $0.isUnprintable ? "\u{fffd}" : $0 }
        let width = width ?? Self.widthOutsideTerminals
        if line.count > width - 5 {
            // A tab would be wider than one column.
            line = line.map { $0 == "\t" ? " " : $0 }
            let room = max(16, width - 6)
            let start = max(0, min(column - room / 2, line.count - room))
            let end = min(line.count, start + room)
            line = (start > 0 ? ["…"] : []) + line[start..<end] + (end < line.count ? ["…"] : [])
            column += start > 0 ? 1 - start : 0
        }
        // The same tabs before the caret as in the line above it.
        let indentation = line.prefix(column).map { $0 == "\t" ? "\t" : " " }.joined()
        text = "    \(line.map(String.init).joined())\n    \(indentation)^"
    }
}
