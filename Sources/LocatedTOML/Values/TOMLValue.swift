// SPDX-License-Identifier: Apache-2.0

/// A value with its position in the file.
public struct TOMLValue: Sendable {
    /// The text of the value. Of a table that a header opens it is that header; of one that a dotted key or a header of
    /// an inner table makes, that part of the key; of an array of tables, its first header.
    public let span: SourceSpan

    /// The first character of the value; for a table its ``TOMLTable/position``, for an array of tables its first
    /// header.
    public var position: SourcePosition { span.start }

    /// The value itself.
    public let kind: Kind

    /// The types of section "Key/Value Pair". An array of tables is an array.
    public enum Kind: Sendable {
        /// A string, with its escapes resolved and CR LF in it read as LF.
        case string(String)
        /// An integer.
        case integer(Int64)
        /// A float, rounded to the nearest; also `inf` and `nan`.
        case float(Double)
        /// `true` or `false`.
        case boolean(Bool)
        /// A date and a time of day with an offset from UTC.
        case offsetDateTime(TOMLOffsetDateTime)
        /// A date and a time of day without a zone.
        case localDateTime(TOMLLocalDateTime)
        /// A date.
        case localDate(TOMLLocalDate)
        /// A time of day.
        case localTime(TOMLLocalTime)
        /// An array, of values of any types.
        case array([TOMLValue])
        /// A table in any notation.
        case table(TOMLTable)
    }

    /// The type with its article, for messages: `an integer`.
    public var typeName: String {
        switch kind {
        case .string: "a string"
        case .integer: "an integer"
        case .float: "a float"
        case .boolean: "a boolean"
        case .offsetDateTime: "an offset date-time"
        case .localDateTime: "a local date-time"
        case .localDate: "a local date"
        case .localTime: "a local time"
        case .array: "an array"
        case .table: "a table"
        }
    }

    /// The string, if the value is one.
    public var string: String? {
        guard case .string(let string) = kind else { return nil }
        return string
    }

    /// The integer, if the value is one.
    public var integer: Int64? {
        guard case .integer(let integer) = kind else { return nil }
        return integer
    }

    /// The float, if the value is one. An integer is not a float.
    public var float: Double? {
        guard case .float(let float) = kind else { return nil }
        return float
    }

    /// The boolean, if the value is one.
    public var boolean: Bool? {
        guard case .boolean(let boolean) = kind else { return nil }
        return boolean
    }

    /// The values of the array, if the value is one.
    public var array: [TOMLValue]? {
        guard case .array(let array) = kind else { return nil }
        return array
    }

    /// The table, if the value is one.
    public var table: TOMLTable? {
        guard case .table(let table) = kind else { return nil }
        return table
    }
}
