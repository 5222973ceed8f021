// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// A cell of a table.
struct Cell {
    let text: String
    let style: Terminal.Style
    /// The width in columns.
    let width: Int

    /// - Parameter text: is escaped.
    init(_ text: String, _ style: Terminal.Style = .plain) {
        self.text = text.printable
        self.style = style
        width = self.text.count
    }
}

extension Terminal {
    /// Whether the rows fit without cutting a cell.
    func hasRoom(for rows: [[Cell]]) -> Bool {
        guard let width else { return true }
        return Self.total(Self.widths(of: rows)) <= width
    }

    /// Rows with aligned columns, two blanks apart. Where they are too wide, the widest columns are cut.
    func table(_ rows: [[Cell]]) -> String {
        var widths = Self.widths(of: rows)
        if let width {
            var excess = Self.total(widths) - width
            while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
                widths[widest] > Self.narrowest
            {
                widths[widest] -= 1
                excess -= 1
            }
        }
        return rows.map { line($0, widths) }.joined(separator: "\n")
    }

    /// No column is cut below this width.
    private static let narrowest = 8
    /// The blanks between two columns.
    private static let gap = 2

    private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + gap * max(0, widths.count - 1) }

    private static func widths(of rows: [[Cell]]) -> [Int] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.width)
            }
        }
        return widths
    }

    private func line(_ row: [Cell], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in row.enumerated() {
            let isCut = cell.width > widths[column]
            line += styled(isCut ? cell.text.shortened(to: widths[column]) : cell.text, cell.style)
            if column == row.count - 1 { break }
            line += String(repeating: " ", count: (isCut ? 0 : widths[column] - cell.width) + Self.gap)
        }
        return line
    }
}

extension String {
    /// The text cut to a width, with an ellipsis: a path keeps its end, other text its beginning.
    fileprivate func shortened(to width: Int) -> String {
        hasPrefix("/") ? "…" + suffix(max(0, width - 1)) : prefix(max(0, width - 1)) + "…"
    }
}
