// SPDX-License-Identifier: Apache-2.0

/// Reads the keys of one table, each as the type that it must have, and knows the keys that nothing has read.
///
/// Mistakes are collected, not thrown, so that a program can report all of them at once.
public struct TOMLTableReader: Sendable {
    /// The table that is read.
    public let table: TOMLTable

    /// The mistakes so far, in the order in which they were found.
    public private(set) var mistakes: [TOMLTableMistake] = []

    /// The keys that were asked for, whether the table has them or not.
    public private(set) var knownKeys: [String] = []

    /// A reader of this table.
    public init(_ table: TOMLTable) { self.table = table }

    /// The value of a key as another type; nil if the table has no such key, or a value that is not of that type, which is
    /// a mistake.
    ///
    /// - Parameters:
    ///   - expected: The type with its article, for the mistake: `a boolean`.
    ///   - convert: Nil for a value of another type.
    public mutating func value<Value>(
        _ key: String, expected: String, _ convert: (TOMLValue) -> Value?
    ) -> TOMLLocated<Value>? {
        switch read(key, convert) {
        case .missing: return nil
        case .value(let value): return value
        case .mismatch(let value):
            mistakes.append(.wrongType(key: key, expected: expected, found: value))
            return nil
        }
    }

    /// What is found for a key.
    package enum Finding<Value> {
        case missing
        case value(TOMLLocated<Value>)
        case mismatch(TOMLValue)
    }

    /// Reads a key without noting a mistake.
    package mutating func read<Value>(_ key: String, _ convert: (TOMLValue) -> Value?) -> Finding<Value> {
        knownKeys.append(key)
        guard let value = table[key] else { return .missing }
        guard let converted = convert(value) else { return .mismatch(value) }
        return .value(TOMLLocated(value: converted, span: value.span))
    }

    /// The string of a key.
    public mutating func string(_ key: String) -> TOMLLocated<String>? {
        value(key, expected: "a string") { $0.string }
    }

    /// The integer of a key.
    public mutating func integer(_ key: String) -> TOMLLocated<Int64>? {
        value(key, expected: "an integer") { $0.integer }
    }

    /// The integer of a key, which must be in a range.
    public mutating func integer(_ key: String, in range: ClosedRange<Int>) -> TOMLLocated<Int>? {
        guard let number = integer(key) else { return nil }
        guard let integer = Int(exactly: number.value), range.contains(integer) else {
            mistakes.append(.outOfRange(key: key, range: range, position: number.position))
            return nil
        }
        return TOMLLocated(value: integer, span: number.span)
    }

    /// The float of a key. An integer is not a float.
    public mutating func float(_ key: String) -> TOMLLocated<Double>? {
        value(key, expected: "a float") { $0.float }
    }

    /// The boolean of a key.
    public mutating func boolean(_ key: String) -> TOMLLocated<Bool>? {
        value(key, expected: "true or false") { $0.boolean }
    }

    /// The strings of a key whose value is an array of strings, or one string.
    public mutating func strings(_ key: String) -> [TOMLLocated<String>]? {
        value(key, expected: "a string or a list of strings") { $0.strings }?.value
    }

    /// The table of a key.
    public mutating func table(_ key: String) -> TOMLTable? { value(key, expected: "a table") { $0.table }?.value }

    /// The keys of the table that were not asked for so far, with their values.
    public var unknownKeys: [(key: TOMLKey, value: TOMLValue)] {
        table.filter { !knownKeys.contains($0.key.name) }
    }

    /// The known key that a name resembles, if there is one.
    public func nearestKey(to name: String) -> String? { Spelling.nearest(to: name, among: knownKeys) }

    /// Notes a mistake for each key that was not asked for so far.
    public mutating func rejectUnknownKeys() {
        for (key, _) in unknownKeys { mistakes.append(.unknownKey(key, nearest: nearestKey(to: key.name))) }
    }
}

/// A value with its place in the file.
public struct TOMLLocated<Value> {
    /// The value.
    public let value: Value

    /// The text of the value.
    public let span: SourceSpan

    /// The first character of the value.
    public var position: SourcePosition { span.start }
}

extension TOMLLocated: Sendable where Value: Sendable {}

/// A mistake in what a table says.
public enum TOMLTableMistake: Sendable, CustomStringConvertible {
    /// A value that is not of the type that it must have.
    case wrongType(key: String, expected: String, found: TOMLValue)
    /// An integer that is out of its range.
    case outOfRange(key: String, range: ClosedRange<Int>, position: SourcePosition)
    /// A key that nothing has read, and the known key that it resembles.
    case unknownKey(TOMLKey, nearest: String?)

    /// The place of the value or of the key.
    public var position: SourcePosition {
        switch self {
        case .wrongType(_, _, let found): found.position
        case .outOfRange(_, _, let position): position
        case .unknownKey(let key, _): key.position
        }
    }

    /// The mistake as a fragment of a sentence, without the place.
    public var description: String {
        switch self {
        case .wrongType(let key, let expected, let found): "\(key.quoted) must be \(expected), not \(found.typeName)"
        case .outOfRange(let key, let range, _): "\(key.quoted) must be from \(range.lowerBound) to \(range.upperBound)"
        case .unknownKey(let key, let nearest):
            "unknown key \(key.name.quoted)" + (nearest.map { " (did you mean \($0.quoted)?)" } ?? "")
        }
    }
}

extension TOMLValue {
    /// The strings of an array of strings, or one string as an array of one; nil for any other value.
    package var strings: [TOMLLocated<String>]? {
        let values = array ?? [self]
        let strings = values.compactMap { value in value.string.map { TOMLLocated(value: $0, span: value.span) } }
        return strings.count == values.count ? strings : nil
    }
}
