// SPDX-License-Identifier: Apache-2.0

/// A table that is still being read.
final class TableNode {
    /// The construct that made a table, which decides what may still add to it (section "Table").
    enum Origin {
        /// Its own header, or braces: no other header and no dotted key from elsewhere may add to it.
        case header
        /// A header of a table inside it: its own header may follow, or a dotted key.
        case superTable
        /// A dotted key: more dotted keys may follow, and headers of tables inside it.
        case dottedKey
    }

    /// The content of a key.
    enum Child {
        case value(TOMLValue)
        case table(TableNode)
        case tables(TableArrayNode)
    }

    private(set) var origin: Origin
    private(set) var span: SourceSpan
    var isDamaged = false
    private var keys = KeyIndex()
    /// One for each key, in the same order.
    private var children: [Child] = []

    init(_ origin: Origin, at span: SourceSpan) {
        self.origin = origin
        self.span = span
    }

    /// Adds a pair, and the tables that its key's dots make (section "Keys").
    func insert(_ value: TOMLValue, for key: DottedKey) throws(TOMLError) {
        var table = self
        var superTables: [TableNode] = []
        for part in key.parents {
            table = try table.tableForDottedKey(part)
            if table.origin == .superTable { superTables.append(table) }
        }
        if let offset = table.keys.insert(key.last) {
            throw table.error(at: key.last, offset) { .duplicateKey($0, firstLine: $1) }
        }
        table.children.append(.value(value))
        for table in superTables { table.origin = .dottedKey }
    }

    /// The table for a part of a dotted key before the last.
    private func tableForDottedKey(_ part: TOMLKey) throws(TOMLError) -> TableNode {
        guard let offset = keys.insert(part) else { return appendTable(.dottedKey, at: part.span) }
        guard case .table(let table) = children[offset] else { throw closed(at: part, offset) }
        guard table.origin != .header else {
            throw error(at: part, offset) { .tableDefinedByHeader($0, firstLine: $1) }
        }
        return table
    }

    /// The table for a part of a header's name before the last: of an array of tables, its last element.
    func tableForHeader(_ part: TOMLKey) throws(TOMLError) -> TableNode {
        guard let offset = keys.insert(part) else { return appendTable(.superTable, at: part.span) }
        switch children[offset] {
        case .table(let table): return table
        case .tables(let array): return array.last
        case .value: throw closed(at: part, offset)
        }
    }

    /// The table that a header opens, whose last part is the key.
    func openTable(_ key: TOMLKey, headerAt span: SourceSpan) throws(TOMLError) -> TableNode {
        guard let offset = keys.insert(key) else { return appendTable(.header, at: span) }
        guard case .table(let table) = children[offset] else { throw closed(at: key, offset) }
        guard table.origin == .superTable else {
            throw error(at: key, offset) { [line = table.span.start.line] name, _ in
                .duplicateTable(name, firstLine: line)
            }
        }
        table.origin = .header
        table.span = span
        return table
    }

    /// The table that a header in double brackets opens, whose last part is the key (section "Array of Tables").
    ///
    /// - Parameter doubts: ``TableBuilder/doubts``.
    func openElement(_ key: TOMLKey, headerAt span: SourceSpan, doubts: Int) throws(TOMLError) -> TableNode {
        let table = TableNode(.header, at: span)
        guard let offset = keys.insert(key) else {
            children.append(.tables(TableArrayNode(table, doubts: doubts)))
            return table
        }
        switch children[offset] {
        case .tables(let array): array.append(table, doubts: doubts)
        case .table: throw error(at: key, offset) { .duplicateTable($0, firstLine: $1) }
        case .value: throw error(at: key, offset) { .duplicateKey($0, firstLine: $1) }
        }
        return table
    }

    /// The finished table. Its depth, and that of the recursion here, is bounded by ``TOMLLimits``.
    var frozen: TOMLTable {
        let values = children.map { child in
            switch child {
            case .value(let value): value
            case .table(let table): TOMLValue(span: table.span, kind: .table(table.frozen))
            case .tables(let array): array.frozen
            }
        }
        return TOMLTable(position: span.start, isDamaged: isDamaged, keys: keys, values: values)
    }

    /// A new table, as the child of the key that was just inserted.
    private func appendTable(_ origin: Origin, at span: SourceSpan) -> TableNode {
        let table = TableNode(origin, at: span)
        children.append(.table(table))
        return table
    }

    /// The error for a key that would add to something other than an open table.
    private func closed(at key: TOMLKey, _ offset: Int) -> TOMLError {
        error(at: key, offset) { [child = children[offset]] name, line in
            switch child {
            case .tables, .table: .arrayOfTables(name, firstLine: line)
            case .value(let value):
                value.table == nil
                    ? .notATable(name, typeName: value.typeName, firstLine: line)
                    : .closedInlineTable(name, firstLine: line)
            }
        }
    }

    /// The error for a key whose name is already defined, with that name and its line.
    private func error(at key: TOMLKey, _ offset: Int, reason: (String, Int) -> TOMLError.Reason) -> TOMLError {
        TOMLError(position: key.position, reason: reason(key.name.excerpt, keys[offset].position.line))
    }
}

/// Uncertainty about arrays of tables, which only the recovering reader has.
extension TableNode {
    /// The first element along the path that may not be the intended one.
    ///
    /// - Parameter doubts: ``TableBuilder/doubts``.
    func doubtfulElement(on path: [TOMLKey], since doubts: Int) -> TableNode? {
        var table = self
        for part in path {
            guard let offset = table.keys.offset(of: part.name) else { return nil }
            switch table.children[offset] {
            case .value: return nil
            case .table(let inner): table = inner
            case .tables(let array) where array.doubts < doubts: return array.last
            case .tables(let array): table = array.last
            }
        }
        return nil
    }
}

/// An array of tables that is still being read; it has an element from the start.
final class TableArrayNode {
    private let first: TableNode
    private var others: [TableNode] = []
    /// ``TableBuilder/doubts`` at the last element. If there are more now, the header of another element may have been
    /// skipped since.
    private(set) var doubts: Int

    init(_ first: TableNode, doubts: Int) {
        self.first = first
        self.doubts = doubts
    }

    var last: TableNode { others.last ?? first }

    func append(_ table: TableNode, doubts: Int) {
        others.append(table)
        self.doubts = doubts
    }

    var frozen: TOMLValue {
        let tables = ([first] + others).map { TOMLValue(span: $0.span, kind: .table($0.frozen)) }
        return TOMLValue(span: first.span, kind: .array(tables))
    }
}
