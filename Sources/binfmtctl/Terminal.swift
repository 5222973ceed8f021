// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Standard output as a person sees it: how wide it is, and whether it has colours.
struct Terminal {
    enum Style: String {
        case plain = ""
        case bold = "1"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// In columns; nil where no person is looking.
    let width: Int?
    let hasColor: Bool

    init() {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        var size = winsize()
        let isKnown = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        width = isKnown ? Int(size.ws_col) : nil
        hasColor = isTerminal && getenv("NO_COLOR") == nil
    }

    func styled(_ text: String, _ style: Style) -> String {
        hasColor && style != .plain ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
    }

    /// Whether rows fit without one of their cells being cut.
    func hasRoom(for rows: [[Cell]]) -> Bool {
        guard let width else { return true }
        let widths = Self.widths(of: rows)
        return widths.reduce(0, +) + 2 * (widths.count - 1) <= width
    }

    /// A line of prose: broken where a terminal ends, whole where another program reads.
    ///
    /// - Parameter indentation: how many blanks stand before each line but the first.
    func prose(_ text: String, hanging indentation: Int = 0) -> String {
        guard width != nil, let first = text.split(separator: " ").first else { return text }
        return paragraph(String(text.dropFirst(first.count)), indentation: indentation, label: String(first))
    }

    /// Rows with their columns aligned, two blanks between; where they are too wide the last column is cut.
    func table(_ rows: [[Cell]]) -> String {
        let widths = Self.widths(of: rows)
        return rows.map { line($0, widths) }.joined(separator: "\n")
    }

    private static func widths(of rows: [[Cell]]) -> [Int] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.text.count)
            }
        }
        return widths
    }

    private func line(_ row: [Cell], _ widths: [Int]) -> String {
        var used = 0
        var line = ""
        for (column, cell) in row.enumerated() {
            let isLast = column == row.count - 1
            let room = isLast ? width.map { max(8, $0 - used) } : widths[column]
            // A title is known by its beginning, a path by its end.
            let isTitle = cell.style == .bold
            let text = room.map { isTitle ? String(cell.text.prefix($0)) : cell.text.shortened(to: $0) } ?? cell.text
            line += styled(text, cell.style)
            if isLast { break }
            line += String(repeating: " ", count: widths[column] - text.count + 2)
            used += widths[column] + 2
        }
        return line
    }
}

/// A text in a table.
struct Cell {
    let text: String
    let style: Terminal.Style

    init(_ text: String, _ style: Terminal.Style = .plain) {
        self.text = text
        self.style = style
    }
}

extension String {
    /// The text, or so many of its characters from the end that with an ellipsis before them it fits.
    fileprivate func shortened(to width: Int) -> String {
        count <= width ? self : "…" + suffix(max(0, width - 1))
    }
}
