// SPDX-License-Identifier: Apache-2.0

/// Values, and the arrays and inline tables that hold values: sections "Key/Value Pair", "Array" and "Inline Table".
extension Scanner {
    /// Reads a value that is nested in this many arrays and inline tables.
    mutating func readValue(depth: Int = 0) throws(TOMLError) -> TOMLValue {
        let start = position
        let startOffset = offset
        let kind = try readKind(depth: depth)
        return TOMLValue(span: span(from: start, startOffset), kind: kind)
    }

    private mutating func readKind(depth: Int) throws(TOMLError) -> TOMLValue.Kind {
        guard let byte = next else { throw unexpected(.value) }
        switch byte {
        case .quote, .apostrophe: return .string(try readString())
        case .openBracket: return .array(try readArray(depth: depth))
        case .openBrace: return .table(try readInlineTable(depth: depth))
        case .plus, .hyphen: return try readNumber()
        case _ where byte.isDigit: return isAtDateTime ? try readDateTime() : try readNumber()
        case _ where byte.isBareKey: return try readWord()
        default: throw unexpected(.value)
        }
    }

    /// Reads an array, which may have line ends, comments and a comma after its last value.
    private mutating func readArray(depth: Int) throws(TOMLError) -> [TOMLValue] {
        guard depth < limits.nesting else { throw tooDeep(at: position) }
        let opening = position
        skip()
        var values: [TOMLValue] = []
        try skipLines()
        while !skip(.closeBracket) {
            guard next != nil else { throw TOMLError(position: opening, reason: .unterminatedArray) }
            values.append(try readValue(depth: depth + 1))
            try skipLines()
            if skip(.comma) {
                try skipLines()
            } else if next != nil, next != .closeBracket {
                throw unexpected(.commaOrBracket)
            }
        }
        return values
    }

    /// Reads an inline table. Since TOML 1.1 it may have line ends, comments and a comma after its last pair, as an array.
    private mutating func readInlineTable(depth: Int) throws(TOMLError) -> TOMLTable {
        guard depth < limits.nesting else { throw tooDeep(at: position) }
        let opening = position
        let table = TableNode(.header, at: span(from: opening, offset))
        skip()
        try skipLinesInTable()
        while !skip(.closeBrace) {
            guard next != nil else { throw TOMLError(position: opening, reason: .unterminatedInlineTable) }
            try readPair(into: table, depth: depth)
            try skipLinesInTable()
            let comma = position
            if skip(.comma) {
                try skipLinesInTable()
                guard version != .v1_0 || next != .closeBrace else {
                    throw TOMLError(position: comma, reason: .trailingComma)
                }
            } else if next != nil, next != .closeBrace {
                throw unexpected(.commaOrBrace)
            }
        }
        return table.frozen
    }

    private mutating func readPair(into table: TableNode, depth: Int) throws(TOMLError) {
        let start = position
        let key = try readKey()
        let keyDepth = depth + key.parents.count
        guard keyDepth < limits.nesting else { throw tooDeep(at: start) }
        try table.insert(try readPairValue(depth: keyDepth + 1), for: key)
    }

    /// Skips what may be between the parts of an inline table.
    private mutating func skipLinesInTable() throws(TOMLError) {
        guard version == .v1_0 else { return try skipLines() }
        skipBlanks()
        guard !isAtLineEnd else { throw error(.lineBreakInInlineTable) }
    }

    /// Reads the rest of a pair, after its key.
    mutating func readPairValue(depth: Int = 0) throws(TOMLError) -> TOMLValue {
        guard skip(.equals) else { throw unexpected(.equalsSign) }
        skipBlanks()
        return try readValue(depth: depth)
    }

    /// Skips blanks, comments and line ends (`ws-comment-newline` of the grammar).
    private mutating func skipLines() throws(TOMLError) {
        repeat {
            skipBlanks()
            try skipComment()
        } while skipLineEnd()
    }

    private func tooDeep(at position: SourcePosition) -> TOMLError {
        TOMLError(position: position, reason: .tooDeep(limit: limits.nesting))
    }

    private var isAtLineEnd: Bool { next == .lineFeed || next == .carriageReturn && peek(1) == .lineFeed }
}
