// SPDX-License-Identifier: Apache-2.0

/// A key, or one part of a dotted key, with its first position in the file.
public struct TOMLKey: Sendable {
    /// The key, without quotes and with its escapes resolved.
    public let name: String

    /// The text of the key, with its quotes.
    public let span: SourceSpan

    /// The first character of the key, which may be a quote.
    public var position: SourcePosition { span.start }
}

/// A table: its keys and their values in the order in which the keys first appear in the file (section "Table").
public struct TOMLTable: Sendable {
    /// The `[` of its header, the `{` of an inline table, or the key that made it; the root's is line 1, column 1.
    public let position: SourcePosition

    /// Whether part of this table is missing because of an error. Only a recovering reader makes such tables.
    ///
    /// A line of the table itself was skipped, or its header is wrong. The root is damaged also if a header was skipped
    /// whose name could not be read, or if reading stopped early, so that whole tables may be missing.
    public let isDamaged: Bool

    let keys: KeyIndex
    let values: [TOMLValue]

    /// The value of the key with exactly the Unicode scalars of the name; canonical equivalents differ.
    public subscript(_ name: String) -> TOMLValue? {
        keys.offset(of: name).map { values[$0] }
    }
}

extension TOMLTable: RandomAccessCollection {
    /// A key with its value.
    public typealias Element = (key: TOMLKey, value: TOMLValue)

    /// Always 0.
    public var startIndex: Int { 0 }

    /// The number of keys.
    public var endIndex: Int { values.count }

    /// The key and value at this offset, in the order of first appearance.
    public subscript(position: Int) -> Element { (keys[position], values[position]) }
}
