// SPDX-License-Identifier: Apache-2.0

/// The tables of a file, built from the statements so far.
struct TableBuilder {
    let root = TableNode(.header, at: SourcePosition(line: 1, column: 1))

    /// The table to which pairs are added: that of the last header.
    private(set) var current: TableNode

    init() { current = root }

    /// Applies a statement, or changes nothing if it breaks a rule of definition.
    mutating func apply(_ statement: Statement) throws(TOMLError) {
        switch statement {
        case .nothing: return
        case .pair(let key, let value): try current.insert(value, for: key)
        case .table(let name, let position):
            current = try parent(of: name).openTable(name.last, headerAt: position)
        case .arrayElement(let name, let position):
            current = try parent(of: name).openElement(name.last, headerAt: position)
        }
    }

    private func parent(of name: DottedKey) throws(TOMLError) -> TableNode {
        var table = root
        for part in name.parents { table = try table.tableForHeader(part) }
        return table
    }
}
