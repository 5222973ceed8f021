// SPDX-License-Identifier: Apache-2.0

/// Lines: `expression` of the grammar.
extension Scanner {
    /// Reads from the start of a line to the end of the line in which the statement ends.
    mutating func readStatement() throws(TOMLError) -> Statement {
        skipBlanks()
        let statement: Statement
        switch next {
        case nil, .lineFeed, .carriageReturn, .hash: statement = .nothing
        case .openBracket: statement = try readHeader()
        default: statement = .pair(try readKey(), try readPairValue())
        }
        try skipLineRest()
        return statement
    }

    /// Reads a header, of a table or of an element of an array of tables.
    private mutating func readHeader() throws(TOMLError) -> Statement {
        let opening = skipHeaderOpening()
        let name = try readKey()
        guard skip(.closeBracket), !opening.isElement || skip(.closeBracket) else { throw unexpected(.headerEnd) }
        let header = span(from: opening.position, opening.offset)
        return opening.isElement ? .arrayElement(name, header) : .table(name, header)
    }

    /// The number of brackets before a header's name: two for an element of an array of tables.
    struct HeaderOpening {
        let position: SourcePosition
        let offset: Int
        let isElement: Bool
    }

    /// Skips the blanks and brackets before a header's name.
    mutating func skipHeaderOpening() -> HeaderOpening {
        skipBlanks()
        let position = position
        let offset = offset
        skip()
        let isElement = skip(.openBracket)
        skipBlanks()
        return HeaderOpening(position: position, offset: offset, isElement: isElement)
    }
}
