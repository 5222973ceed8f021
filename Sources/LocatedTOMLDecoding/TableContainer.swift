// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

/// A table, decoded by its keys.
struct TableContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let table: TOMLTable
    private let decoder: ValueDecoder
    private let use: Int

    init(_ table: TOMLTable, _ decoder: ValueDecoder) {
        self.table = table
        self.decoder = decoder
        use = decoder.usage.begin(table, at: decoder.codingPath.map(\.name))
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { table.compactMap { Key(stringValue: $0.key.name) } }

    func contains(_ key: Key) -> Bool {
        decoder.usage.note(key.stringValue, of: use)
        return table[key.stringValue] != nil
    }

    /// A decoder of the key's value.
    private func inner(_ key: any CodingKey) -> ValueDecoder {
        decoder.usage.note(key.stringValue, of: use)
        return decoder.inner(table[key.stringValue].map { .value($0) } ?? .missing(decoder.position), key)
    }

    func decodeNil(forKey key: Key) -> Bool { !contains(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try inner(key).decode(type)
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try inner(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try inner(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try inner(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try inner(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try inner(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try inner(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try inner(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try inner(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try inner(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try inner(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try inner(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try inner(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try inner(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try inner(key).decode(type) }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> {
        try inner(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try inner(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { inner(SuperKey()) }

    func superDecoder(forKey key: Key) throws -> any Decoder { inner(key) }
}

/// The key of a superclass, as in Swift's own decoders.
private struct SuperKey: CodingKey {
    var stringValue: String { "super" }
    var intValue: Int? { nil }

    init() {}
    init?(stringValue: String) { nil }
    init?(intValue: Int) { nil }
}
