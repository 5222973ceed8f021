// SPDX-License-Identifier: Apache-2.0

/// A reader that continues after errors; see ``TOMLDocument/init(recovering:)``.
struct RecoveringReader {
    private(set) var builder = TableBuilder()
    private(set) var errors: [TOMLError] = []
    /// The number of bytes that were examined so far; one that was examined twice counts as two.
    private(set) var examined = 0
    private var scanner: Scanner
    /// The number of bytes that failed searches for the end of a statement may still examine.
    private var budget: Int

    /// The budget, for each byte of the file. Each failed search may reach the end of the file, and a file may cause as
    /// many of them as it has lines.
    private static let searchesPerByte = 16

    init(_ bytes: [UInt8], _ version: TOMLVersion = .v1_1, _ limits: TOMLLimits = .standard) {
        scanner = Scanner(bytes, version, limits)
        budget = Self.searchesPerByte * bytes.count
    }

    mutating func read() {
        while scanner.next != nil {
            guard budget >= 0 else { return giveUp(scanner.error(.tooManyErrors)) }
            let start = scanner
            defer { examined += scanner.offset - start.offset }
            let statement: Statement
            do {
                statement = try scanner.readStatement()
            } catch {
                guard list(error) else { return }
                recover(from: start)
                continue
            }
            guard !skip(ifInDoubt: statement) else { continue }
            do {
                try builder.apply(statement)
            } catch {
                guard list(error) else { return }
                recover(fromRefused: statement, start)
            }
        }
    }

    /// Skips a header that leads through an array of tables, if the header of its last element may have been skipped.
    private mutating func skip(ifInDoubt statement: Statement) -> Bool {
        let path: [TOMLKey]
        switch statement {
        case .nothing, .pair: return false
        case .table(let name, _), .arrayElement(let name, _): path = name.parents
        }
        guard let element = builder.doubtfulElement(on: path) else { return false }
        element.isDamaged = true
        skipToHeader()
        return true
    }

    /// Lists an error that ends reading, so that any table may be missing.
    mutating func giveUp(_ error: TOMLError) {
        errors.append(error)
        builder.root.isDamaged = true
    }

    /// Lists an error, and returns whether to continue.
    ///
    /// A line on which an array broke off may be read again as a header. Further errors before the one already listed
    /// are not listed.
    private mutating func list(_ error: TOMLError) -> Bool {
        if let last = errors.last, error.position <= last.position { return true }
        guard errors.count < scanner.limits.errors - 1 else {
            giveUp(TOMLError(position: error.position, reason: .tooManyErrors))
            return false
        }
        errors.append(error)
        return true
    }

    /// Continues after a statement that was read but not applied.
    private mutating func recover(fromRefused statement: Statement, _ start: Scanner) {
        switch statement {
        case .nothing, .pair: builder.current.isDamaged = true
        case .table, .arrayElement: skipToHeader(damagingTableAt: start)
        }
    }

    /// Continues after a statement that could not be read and whose first line begins at `start`.
    ///
    /// Only a line with a key and an equals sign can be trusted to be a pair of the current table; any other may be
    /// a spoilt header, and what follows it the content of another table.
    private mutating func recover(from start: Scanner) {
        let extent = search(from: start, readTo: scanner.offset)
        examined += scanner.offset - start.offset
        scanner = start
        scanner.jump(toLineAt: extent.end)
        if extent.isCertain, start.isAtPair || start.isAtComment {
            builder.current.isDamaged = true
        } else {
            skipToHeader(damagingTableAt: start)
        }
    }

    /// Continues at the next header, and marks the table that lacks the skipped lines.
    private mutating func skipToHeader(damagingTableAt start: Scanner) {
        builder.doubtLastElements()
        if start.isAtHeader { builder.damageTable(ofHeaderAt: start) } else { builder.current.isDamaged = true }
        skipToHeader()
    }

    /// Continues at the next line that begins with a bracket and, as far as can be determined, is not inside a string
    /// or array of the skipped lines. The scanner is at the start of a line.
    private mutating func skipToHeader() {
        while scanner.next != nil, !scanner.isAtHeader, budget >= 0 {
            let extent = search(from: scanner, readTo: scanner.bytes.count)
            let end = extent.isCertain ? extent.end : StatementExtent.lineEnd(in: scanner.bytes, from: scanner.offset)
            scanner.jump(toLineAt: end)
        }
    }

    /// Looks for the end of a statement. A successful search is paid for by the lines that it passes, a failed one from
    /// the budget.
    private mutating func search(from start: Scanner, readTo readOffset: Int) -> StatementExtent {
        let extent = StatementExtent(of: start, readTo: readOffset)
        examined += extent.lookedAt
        if !extent.isCertain { budget -= extent.lookedAt }
        return extent
    }
}

extension TableBuilder {
    /// Marks the table that a wrong header would have opened, or the last one on the way to it that has a name for
    /// certain: in `[a.b c]` that is `a`, for `b` may not be what was meant. The root, if it is none.
    fileprivate func damageTable(ofHeaderAt start: Scanner) {
        var scanner = start
        let opening = scanner.skipHeaderOpening()
        var table = root
        for _ in 0..<scanner.limits.keyParts {
            // The error in the part is already listed; here it only matters that the part cannot be read.
            guard let part = try? scanner.readKeyPart() else { break }
            scanner.skipBlanks()
            guard scanner.skip(.dot) else {
                if scanner.isAtHeaderEnd {
                    let header = scanner.span(from: opening.position, opening.offset)
                    table = table.tableForWrongHeader(part, opening.isElement, header, doubts)
                }
                break
            }
            scanner.skipBlanks()
            if let element = table.doubtfulElement(on: [part], since: doubts) {
                table = element
                break
            }
            guard let next = try? table.tableForHeader(part) else { break }
            table = next
        }
        table.isDamaged = true
    }
}

extension TableNode {
    /// The table that the last part of a wrong header names, if there can be one.
    fileprivate func tableForWrongHeader(
        _ key: TOMLKey, _ isElement: Bool, _ header: SourceSpan, _ doubts: Int
    ) -> TableNode {
        if isElement, let element = try? openElement(key, headerAt: header, doubts: doubts) {
            return element
        }
        return (try? tableForHeader(key)) ?? self
    }
}

extension Scanner {
    fileprivate var isAtPair: Bool {
        var ahead = self
        ahead.skipBlanks()
        return (try? ahead.readKey()) != nil && ahead.next == .equals
    }

    fileprivate var isAtComment: Bool {
        var ahead = self
        ahead.skipBlanks()
        return ahead.next == .hash
    }

    fileprivate var isAtHeader: Bool {
        var ahead = self
        ahead.skipBlanks()
        return ahead.next == .openBracket
    }

    /// Whether a header's name ends here, in its bracket or, if that is missing, with its line.
    fileprivate var isAtHeaderEnd: Bool {
        switch next {
        case nil, .closeBracket, .hash, .lineFeed, .carriageReturn: true
        default: false
        }
    }
}
