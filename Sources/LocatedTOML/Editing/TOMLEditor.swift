// SPDX-License-Identifier: Apache-2.0

/// Changes single values of a TOML file, and leaves all other text, comments included, as it is.
///
/// After each change the file is read again: a change whose result would not be what was asked for is not made.
public struct TOMLEditor: Sendable {
    /// The file in UTF-8.
    public private(set) var utf8: [UInt8]

    /// The file as it is now.
    public private(set) var document: TOMLDocument

    private let version: TOMLVersion
    private let limits: TOMLLimits

    /// An editor of a valid file.
    ///
    /// - Throws: The first error in it.
    public init(
        _ bytes: [UInt8], version: TOMLVersion = .v1_1, limits: TOMLLimits = .standard
    ) throws(TOMLError) {
        document = try TOMLDocument(parsing: bytes, version: version, limits: limits)
        utf8 = bytes
        self.version = version
        self.limits = limits
    }

    /// The file.
    public var text: String { String(decoding: utf8, as: UTF8.self) }

    /// Sets the value at a path: replaces one that is there in its place, or adds a pair after the last one of its table,
    /// with a new header at the end of the file if no table of the path has one.
    ///
    /// - Parameter path: The keys from the root on, at least one.
    /// - Throws: If the path leads through something other than tables, or its table has no place for another pair, as an
    ///   inline table or one that only dotted keys make; then nothing is changed.
    public mutating func set(_ path: [String], to value: TOMLValue.Kind) throws(TOMLEditError) {
        guard let name = path.last else { throw .noSuchPlace }
        guard let parent = try table(at: path.dropLast()) else { return try addTable(path, value) }
        if let old = parent.table[name] {
            guard !isDividedAmongLines(old) else { throw .noSuchPlace }
            try replace(old.span.bytes, with: Array(value.description(for: version).utf8), expecting: value, at: path)
        } else {
            guard let place = endOfPairs(parent) else { throw .noSuchPlace }
            try insert(pair(name, value), at: place, expecting: value, at: path)
        }
    }

    /// Removes the pair at a path with its line, or its lines; a comment behind it goes with it, those above it stay.
    ///
    /// - Throws: If nothing is there, or something that is not a pair on lines of its own: a table with a header, or a
    ///   value in an inline table; then nothing is changed.
    public mutating func remove(_ path: [String]) throws(TOMLEditError) {
        guard let name = path.last, let parent = try table(at: path.dropLast()), let (key, value) = parent.pair(name),
            !isDividedAmongLines(value)
        else { throw .noSuchPlace }
        let line = lineStart(before: key.span.bytes.lowerBound)
        // Before a key on its line there may be the dotted key's other parts, but no other pair.
        let start = utf8[line..<key.span.bytes.lowerBound]
        guard !start.contains(.openBrace), !start.contains(.comma) else { throw .noSuchPlace }
        try replace(line..<lineEnd(after: value.span.bytes.upperBound), with: [], expecting: nil, at: path)
    }

    // MARK: - Places

    private struct Parent {
        let table: TOMLTable
        /// Nil for the root.
        let value: TOMLValue?

        func pair(_ name: String) -> (key: TOMLKey, value: TOMLValue)? {
            table.first { $0.key.isNamed(name) }.map { ($0.key, $0.value) }
        }
    }

    /// The table at a path; nil if it, or a table on the way, is missing.
    private func table(at path: some Sequence<String>) throws(TOMLEditError) -> Parent? {
        var parent = Parent(table: document.table, value: nil)
        for name in path {
            guard let value = parent.table[name] else { return nil }
            guard let table = value.table else { throw .noSuchPlace }
            parent = Parent(table: table, value: value)
        }
        return parent
    }

    private func first(of value: TOMLValue) -> UInt8? {
        value.span.bytes.isEmpty ? nil : utf8[value.span.bytes.lowerBound]
    }

    /// Whether a table or an array of tables has headers, or is made by dotted keys, so that its text is not in one piece.
    private func isDividedAmongLines(_ value: TOMLValue) -> Bool {
        if value.table != nil { return first(of: value) != .openBrace }
        guard let element = value.array?.first, element.table != nil else { return false }
        return element.span == value.span
    }

    /// Where another pair of a table can be: after the line of its last pair, or of its header.
    private func endOfPairs(_ parent: Parent) -> Int? {
        if let value = parent.value, first(of: value) != .openBracket { return nil }
        var end: Int?
        for (_, value) in parent.table { end = [end, lastPair(value)].compactMap { $0 }.max() }
        if let end { return lineEnd(after: end) }
        guard let header = parent.value else { return endOfFirstComment }
        return lineEnd(after: header.span.bytes.upperBound)
    }

    /// The end of the comment at the start of the file, which is about the file as a whole.
    private var endOfFirstComment: Int {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var place = utf8.starts(with: mark) ? mark.count : 0
        while place < utf8.count, utf8[place] == .hash { place = lineEnd(after: place) }
        return place
    }

    /// The end of the last pair that a value is, or that dotted keys make in it; nil for what has headers of its own.
    private func lastPair(_ value: TOMLValue) -> Int? {
        guard isDividedAmongLines(value) else { return value.span.bytes.upperBound }
        guard let table = value.table, first(of: value) != .openBracket else { return nil }
        return table.compactMap { lastPair($0.value) }.max()
    }

    private func lineStart(before offset: Int) -> Int {
        utf8[..<offset].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
    }

    private func lineEnd(after offset: Int) -> Int {
        utf8[offset...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? utf8.count
    }

    // MARK: - Changes

    private func pair(_ name: String, _ value: TOMLValue.Kind) -> [UInt8] {
        var writer = TOMLWriter(version: version, limits: limits)
        writer.pair(name, value)
        return writer.utf8
    }

    private mutating func addTable(_ path: [String], _ value: TOMLValue.Kind) throws(TOMLEditError) {
        guard path.count <= limits.keyParts else { throw .noSuchPlace }
        var writer = TOMLWriter(version: version, limits: limits)
        writer.table(Array(path.dropLast()))
        let isFirst = utf8.allSatisfy { $0 == .lineFeed }
        let header = (isFirst ? [] : [UInt8.lineFeed]) + writer.utf8
        try insert(header + pair(path[path.count - 1], value), at: utf8.count, expecting: value, at: path)
    }

    /// Inserts lines, with a line end before them if they would continue one.
    private mutating func insert(
        _ lines: [UInt8], at place: Int, expecting value: TOMLValue.Kind, at path: [String]
    ) throws(TOMLEditError) {
        let isInLine = place > 0 && utf8[place - 1] != .lineFeed
        try replace(place..<place, with: (isInLine ? [.lineFeed] : []) + lines, expecting: value, at: path)
    }

    /// Replaces bytes, if the file then says what it said before but for the value at the path.
    private mutating func replace(
        _ range: Range<Int>, with bytes: [UInt8], expecting value: TOMLValue.Kind?, at path: [String]
    ) throws(TOMLEditError) {
        var changed = utf8
        changed.replaceSubrange(range, with: bytes)
        let read: TOMLDocument
        do { read = try TOMLDocument(parsing: changed, version: version, limits: limits) } catch {
            throw .invalidResult(error)
        }
        guard document.table.isEqual(to: read.table, exceptAt: path[...], where: value) else { throw .noSuchPlace }
        utf8 = changed
        document = read
    }
}

extension TOMLTable {
    /// Whether another table is this one but for the value at a path, which is as expected; nil for none.
    fileprivate func isEqual(
        to other: TOMLTable, exceptAt path: ArraySlice<String>, where value: TOMLValue.Kind?
    ) -> Bool {
        guard let name = path.first else { return false }
        let rest = path.dropFirst()
        guard filter({ !$0.key.isNamed(name) }).allSatisfy({ other[$0.key.name] == $0.value }),
            other.allSatisfy({ $0.key.isNamed(name) || self[$0.key.name] != nil })
        else { return false }
        guard !rest.isEmpty else {
            guard let value else { return other[name] == nil }
            return other[name]?.kind == value
        }
        // A table on the way to a removed pair may go with it.
        guard let inner = other[name]?.table else { return value == nil && other[name] == nil }
        let old = self[name]?.table ?? TOMLTable.empty
        return old.isEqual(to: inner, exceptAt: rest, where: value)
    }

    /// A table without keys.
    static var empty: TOMLTable { TableBuilder().root.frozen }
}

extension TOMLValue.Kind {
    /// The value as a version of TOML writes it.
    fileprivate func description(for version: TOMLVersion) -> String {
        var writer = TOMLWriter(version: version)
        writer.add(self)
        return writer.text
    }
}

extension TOMLKey {
    fileprivate func isNamed(_ name: String) -> Bool { ExactName(name: self.name) == ExactName(name: name) }
}
