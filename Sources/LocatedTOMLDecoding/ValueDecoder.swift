// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

/// A value with its path, as the decoder of what it says.
struct ValueDecoder: Decoder {
    /// What is decoded: a value, or the root table.
    enum Source {
        case root(TOMLTable)
        case value(TOMLValue)
        /// Nothing: the table lacks the key.
        case missing(SourcePosition)
    }

    let source: Source
    let usage: KeyUsage
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ source: Source, _ usage: KeyUsage, _ codingPath: [any CodingKey] = []) {
        self.source = source
        self.usage = usage
        self.codingPath = codingPath
    }

    var position: SourcePosition {
        switch source {
        case .root(let table): table.position
        case .value(let value): value.position
        case .missing(let position): position
        }
    }

    func error(_ reason: TOMLDecodingError.Reason) -> TOMLDecodingError {
        TOMLDecodingError(position, codingPath.map(\.name), reason)
    }

    func wrongType(_ expected: String) -> TOMLDecodingError {
        switch source {
        case .root: error(.wrongType(expected: expected, found: "a table"))
        case .value(let value): error(.wrongType(expected: expected, found: value.typeName))
        case .missing: error(.missingKey)
        }
    }

    var table: TOMLTable? {
        switch source {
        case .root(let table): table
        case .value(let value): value.table
        case .missing: nil
        }
    }

    var value: TOMLValue? { if case .value(let value) = source { value } else { nil } }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let table else { throw wrongType("a table") }
        return KeyedDecodingContainer(TableContainer<Key>(table, self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let array = value?.array else { throw wrongType("an array") }
        return ArrayContainer(array, self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    /// A decoder of a value inside this one.
    func inner(_ source: Source, _ key: any CodingKey) -> ValueDecoder {
        ValueDecoder(source, usage, codingPath + [key])
    }
}

extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { if case .missing = source { true } else { false } }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let result = try scalar(type) { return result }
        if case .missing = source { throw error(.missingKey) }
        return try Value(from: self)
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard let boolean = value?.boolean else { throw wrongType("a boolean") }
        return boolean
    }

    func decode(_ type: String.Type) throws -> String {
        guard let string = value?.string else { throw wrongType("a string") }
        return string
    }

    func decode(_ type: Double.Type) throws -> Double { try float() }
    func decode(_ type: Float.Type) throws -> Float { Float(try float()) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

    private func integer<Integer: FixedWidthInteger>() throws -> Integer {
        guard let number = value?.integer else { throw wrongType("an integer") }
        guard let integer = Integer(exactly: number) else { throw error(.outOfRange("\(number)")) }
        return integer
    }

    /// A float, or an integer that a `Double` holds exactly.
    private func float() throws -> Double {
        if let float = value?.float { return float }
        guard let integer = value?.integer else { throw wrongType("a float") }
        guard let float = Double(exactly: integer) else { throw error(.outOfRange("\(integer)")) }
        return float
    }

    /// The value as a type that needs no initialiser of its own; nil for another type.
    func scalar<Value>(_ type: Value.Type) throws -> Value? {
        switch type {
        case is TOMLOffsetDateTime.Type:
            guard case .offsetDateTime(let moment)? = value?.kind else { throw wrongType("an offset date-time") }
            return moment as? Value
        case is TOMLLocalDateTime.Type:
            guard case .localDateTime(let local)? = value?.kind else { throw wrongType("a local date-time") }
            return local as? Value
        case is TOMLLocalDate.Type:
            guard case .localDate(let date)? = value?.kind else { throw wrongType("a local date") }
            return date as? Value
        case is TOMLLocalTime.Type:
            guard case .localTime(let time)? = value?.kind else { throw wrongType("a local time") }
            return time as? Value
        default: return nil
        }
    }
}
