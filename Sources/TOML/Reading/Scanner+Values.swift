// SPDX-License-Identifier: Apache-2.0

/// Values, and the arrays and inline tables that hold values: sections "Key/Value Pair", "Array" and "Inline Table".
extension Scanner {
    /// Reads a value that is nested in this many arrays and inline tables.
    mutating func readValue(depth: Int = 0) throws(TOMLError) -> TOMLValue {
        TOMLValue(position: position, kind: try readKind(depth: depth))
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
        guard depth < TOMLLimits.nesting else { throw error(.tooDeep) }
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

    /// Reads an inline table, which is on one line and has no comma after its last pair.
    private mutating func readInlineTable(depth: Int) throws(TOMLError) -> TOMLTable {
        guard depth < TOMLLimits.nesting else { throw error(.tooDeep) }
        let table = TableNode(.header, at: position)
        skip()
        skipBlanks()
        guard !skip(.closeBrace) else { return table.frozen }
        while true {
            guard !isAtLineEnd else { throw error(.lineBreakInInlineTable) }
            let start = position
            let key = try readKey()
            let keyDepth = depth + key.parents.count
            guard keyDepth < TOMLLimits.nesting else { throw TOMLError(position: start, reason: .tooDeep) }
            try table.insert(try readPairValue(depth: keyDepth + 1), for: key)
            skipBlanks()
            guard !skip(.closeBrace) else { return table.frozen }
            guard !isAtLineEnd else { throw error(.lineBreakInInlineTable) }
            let comma = position
            guard skip(.comma) else { throw unexpected(.commaOrBrace) }
            skipBlanks()
            guard next != .closeBrace else { throw TOMLError(position: comma, reason: .trailingComma) }
        }
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

    private var isAtLineEnd: Bool { next == .lineFeed || next == .carriageReturn && peek(1) == .lineFeed }
}
