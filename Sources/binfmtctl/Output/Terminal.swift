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
        return Self.total(widths) <= width
    }

    /// Rows with their columns aligned, two blanks between; where they are too wide the widest columns are cut.
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
        var text: [UInt8] = []
        for (index, row) in rows.enumerated() {
            if index > 0 { text.append(UInt8(ascii: "\n")) }
            append(row, widths, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// No column is cut to less.
    private static let narrowest = 8
    /// How many blanks stand between two columns.
    private static let gap = 2

    private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + gap * (widths.count - 1) }

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

    private func append(_ row: [Cell], _ widths: [Int], to text: inout [UInt8]) {
        for (column, cell) in row.enumerated() {
            let isCut = cell.width > widths[column]
            text += styled(isCut ? cell.text.shortened(to: widths[column]) : cell.text, cell.style).utf8
            if column == row.count - 1 { break }
            let room = isCut ? 0 : widths[column] - cell.width
            text += repeatElement(UInt8(ascii: " "), count: room + Self.gap)
        }
    }
}

/// A text in a table.
struct Cell {
    let text: String
    let style: Terminal.Style
    /// How many columns it takes.
    let width: Int

    init(_ text: String, _ style: Terminal.Style = .plain) {
        self.text = text
        self.style = style
        width = text.count
    }
}

extension String {
    /// As much of it as fits beside an ellipsis: a path is known by its end, all else by its beginning.
    fileprivate func shortened(to width: Int) -> String {
        hasPrefix("/") ? "…" + suffix(max(0, width - 1)) : prefix(max(0, width - 1)) + "…"
    }
}
