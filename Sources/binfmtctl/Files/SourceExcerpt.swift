// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// A line of a file with a caret below a column. A line that is too long is cut around the column.
struct SourceExcerpt {
    let text: String

    /// Reads the line.
    ///
    /// - Parameter width: the terminal's, in columns; nil for no limit.
    /// - Returns: nil if there is no such line.
    init?(_ location: SourceLocation, _ width: Int?) {
        guard let text = try? Files.read(location.file, limit: ConfigFile.maximumSize) else { return nil }
        let lines =
            location.file.extension == "conf"
            ? BinfmtDLines(text).lines : text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(location.line - 1) else { return nil }
        self.init(line: String(decoding: lines[location.line - 1], as: UTF8.self), column: location.column, width)
    }

    /// - Parameter column: from 1, in Unicode scalars.
    init(line: String, column: Int, _ width: Int?) {
        var line = Array(line.unicodeScalars)
        var column = column - 1
        line = line.map { $0 != "\t" && ($0.value < 0x20 || 0x7f...0x9f ~= $0.value) ? "\u{fffd}" : $0 }
        if let width, line.count > width - 5 {
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
