// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

/// An array, decoded element by element.
struct ArrayContainer: UnkeyedDecodingContainer {
    private let values: [TOMLValue]
    private let decoder: ValueDecoder
    private(set) var currentIndex = 0

    init(_ values: [TOMLValue], _ decoder: ValueDecoder) {
        self.values = values
        self.decoder = decoder
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex == values.count }

    private struct Offset: CodingKey {
        let offset: Int
        var stringValue: String { String(offset) }
        var intValue: Int? { offset }

        init(_ offset: Int) { self.offset = offset }
        init?(stringValue: String) { nil }
        init?(intValue: Int) { self.init(intValue) }
    }

    /// A decoder of the next element.
    private var next: ValueDecoder {
        get throws {
            let key = Offset(currentIndex)
            guard !isAtEnd else { throw decoder.inner(.missing(decoder.position), key).error(.missingElement) }
            return decoder.inner(.value(values[currentIndex]), key)
        }
    }

    /// No array has an element that is nothing.
    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try next.decode(type)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let container = try next.container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try next.unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try next
        currentIndex += 1
        return decoder
    }
}
