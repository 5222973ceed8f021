// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The table of entries that `status` prints.
struct StatusTable {
    let lines: [StatusLine]

    /// The table with as many columns, and as many words in them, as the terminal has room for.
    func text(_ terminal: Terminal) -> String {
        let layouts: [[Column]] = [
            [.state, .flags, .recognises { $0.recognitionAndPlatform }, .interpreter, .declared],
            [.state, .flags, .recognises { $0.recognitionAndPlatform }, .interpreter],
            [.state, .flags, .recognises { $0.recognition?.description ?? "-" }, .interpreter],
            [.state, .flags, .recognises { $0.recognition?.brief ?? "-" }, .interpreter],
        ]
        var rows: [[Cell]] = []
        for columns in layouts {
            let columns = [.entry] + columns
            rows = [columns.map { Cell($0.title, .bold) }] + lines.map { line in columns.map { $0.cell(line) } }
            if terminal.hasRoom(for: rows) { break }
        }
        return terminal.table(rows)
    }
}

private struct Column: Sendable {
    let title: String
    let cell: @Sendable (StatusLine) -> Cell

    static let entry = Column(title: "  ENTRY") { Cell("\($0.state.mark) \($0.name)", $0.state.color) }
    static let state = Column(title: "STATE") { Cell($0.state.rawValue, $0.state.color) }
    static let flags = Column(title: "FLAGS") { Cell($0.flags.letters) }
    static let interpreter = Column(title: "INTERPRETER") { Cell($0.interpreter?.printable ?? "-") }
    static let declared = Column(title: "DECLARED") { Cell($0.origin) }

    static func recognises(_ words: @escaping @Sendable (StatusLine) -> String) -> Column {
        Column(title: "RECOGNISES") { Cell(words($0)) }
    }
}
