// SPDX-License-Identifier: Apache-2.0

/// The tables of a file, built from the statements so far.
struct TableBuilder {
    let root = TableNode(.header, at: SourceSpan(start: SourcePosition(line: 1, column: 1), bytes: 0..<0))

    /// The table to which pairs are added: that of the last header.
    private(set) var current: TableNode

    /// How often a header may have been skipped, and with it the start of a new element of any array of tables. Only the
    /// recovering reader has such doubts.
    private(set) var doubts = 0

    init() { current = root }

    /// Applies a statement, or changes nothing if it breaks a rule of definition.
    mutating func apply(_ statement: Statement) throws(TOMLError) {
        switch statement {
        case .nothing: return
        case .pair(let key, let value): try current.insert(value, for: key)
        case .table(let name, let header):
            current = try parent(of: name).openTable(name.last, headerAt: header)
        case .arrayElement(let name, let header):
            current = try parent(of: name).openElement(name.last, headerAt: header, doubts: doubts)
        }
    }

    private func parent(of name: DottedKey) throws(TOMLError) -> TableNode {
        var table = root
        for part in name.parents { table = try table.tableForHeader(part) }
        return table
    }

    /// Notes that a header may have been skipped.
    mutating func doubtLastElements() { doubts += 1 }

    /// The first element along the path that may not be the intended one.
    func doubtfulElement(on path: [TOMLKey]) -> TableNode? { root.doubtfulElement(on: path, since: doubts) }
}
