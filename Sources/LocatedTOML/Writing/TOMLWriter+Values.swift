// SPDX-License-Identifier: Apache-2.0

extension TOMLWriter {
    /// Writes `key = value`, a table as an inline table on one line.
    public mutating func pair(_ key: String, _ value: TOMLValue.Kind) { line(key) { $0.add(value) } }

    /// Writes `key = value`.
    public mutating func pair(_ key: String, _ value: Double) { pair(key, .float(value)) }

    /// Writes the header of a new element of the array of tables with these keys from the root on, after an empty line if
    /// it is not the first thing in the file.
    ///
    /// - Precondition: The path has at least one part and at most ``TOMLLimits/keyParts``.
    public mutating func element(_ path: [String]) { header(path, "[[", "]]\n") }

    /// Writes all that a table contains: its pairs, then its tables and arrays of tables with headers of their own.
    ///
    /// - Parameter path: The keys of the table from the root on; its own header is the caller's.
    public mutating func content(_ table: TOMLTable, at path: [String] = []) {
        let hasHeaders = path.count < limits.keyParts
        for (key, value) in table where !hasHeaders || !value.hasHeader { pair(key.name, value.kind) }
        guard hasHeaders else { return }
        for (key, value) in table where value.hasHeader {
            let path = path + [key.name]
            if let inner = value.table {
                self.table(path)
                content(inner, at: path)
            }
            for element in value.array ?? [] {
                guard let inner = element.table else { continue }
                self.element(path)
                content(inner, at: path)
            }
        }
    }

    mutating func add(_ value: TOMLValue.Kind) {
        switch value {
        case .string(let string): add(string: string)
        case .integer(let integer): add(integer: integer)
        case .float(let float): add(float.toml)
        case .boolean(let boolean): add(String(boolean))
        case .offsetDateTime(let moment): add(moment.description)
        case .localDateTime(let local): add(local.description)
        case .localDate(let date): add(date.description)
        case .localTime(let time): add(time.description)
        case .array(let values): bracketed(values) { $0.add($1.kind) }
        case .table(let table):
            add("{")
            list(Array(table), separator: ", ") { writer, pair in
                writer.add(key: pair.key.name)
                writer.add(" = ")
                writer.add(pair.value.kind)
            }
            add("}")
        }
    }
}

extension TOMLValue {
    /// Whether it is a table, or an array of nothing but tables.
    fileprivate var hasHeader: Bool {
        if table != nil { return true }
        guard let array, !array.isEmpty else { return false }
        return array.allSatisfy { $0.table != nil }
    }
}

extension Double {
    /// The number as TOML writes it.
    fileprivate var toml: String {
        if isNaN { return "nan" }
        return isInfinite ? (self < 0 ? "-inf" : "inf") : description
    }
}

extension TOMLValue.Kind: CustomStringConvertible {
    /// The value as TOML writes it, on one line.
    public var description: String {
        var writer = TOMLWriter()
        writer.add(self)
        return writer.text
    }
}

extension TOMLValue: CustomStringConvertible {
    /// The value as TOML writes it, on one line.
    public var description: String { kind.description }
}

extension TOMLTable: CustomStringConvertible {
    /// The table as a file: its pairs, then its tables with their headers. It is read back equal, unless it is nested so
    /// deeply that neither headers nor inline tables within ``TOMLLimits/standard`` can say so.
    public var description: String {
        var writer = TOMLWriter()
        writer.content(self)
        return writer.text
    }
}
