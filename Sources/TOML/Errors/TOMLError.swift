// SPDX-License-Identifier: Apache-2.0

/// A mistake in a TOML file, and where it stands.
public struct TOMLError: Error, Hashable, Sendable {
    /// Where the mistake is: the offending character, or the start of the key, value, escape or string at fault.
    public let position: SourcePosition

    /// Which mistake it is.
    public let reason: Reason

    /// The kinds of mistakes. A text from the file is given as it stands there, cut after 40 scalars.
    public enum Reason: Hashable, Sendable {
        /// The file has this many bytes, more than ``TOMLLimits/fileSize``.
        case fileTooLarge(byteCount: Int)
        /// Arrays and inline tables stand deeper in each other than ``TOMLLimits/nesting``.
        case tooDeep
        /// A key has more parts than ``TOMLLimits/keyParts``.
        case keyTooLong
        /// The recovering reader has listed ``TOMLLimits/errors`` and stopped here.
        case tooManyErrors

        /// A byte that is no part of a UTF-8 character (section "Spec": a file is a valid UTF-8 document).
        case invalidUTF8
        /// A control character other than tab, in a comment or a string.
        case controlCharacter(Unicode.Scalar)
        /// A carriage return without the line feed that makes it the end of a line (section "Spec").
        case bareCarriageReturn

        /// Something else stands where the grammar wants the expected thing; an empty text is the end of the file.
        case unexpected(String, expected: Expected)
        /// A bare word where a value belongs, such as `yes` (section "Key/Value Pair").
        case unquotedText(String)
        /// A multi-line string where a key belongs (section "Keys").
        case multilineKey

        /// A backslash and what follows it, which is no escape sequence of TOML 1.0.0 (section "String").
        case invalidEscape(String)
        /// A string whose closing quotes are missing from its line, or from the file if it may span lines.
        case unterminatedString
        /// An array whose `]` is missing from the file.
        case unterminatedArray
        /// An inline table that goes on in the next line (section "Inline Table").
        case lineBreakInInlineTable
        /// A comma after the last pair of an inline table (section "Inline Table").
        case trailingComma

        /// Text that begins like a number and is none (sections "Integer" and "Float").
        case invalidNumber(String)
        /// A number with a needless zero in front.
        case leadingZero(String)
        /// A number with an underscore that has not a digit on either side.
        case misplacedUnderscore(String)
        /// An integer that 64 bits with a sign cannot hold.
        case integerOutOfRange(String)
        /// Text that begins like a date or a time and is none (sections "Offset Date-Time" to "Local Time").
        case invalidDateTime(String)

        /// A key or table that already has a value of another making.
        case duplicateKey(String, firstLine: Int)
        /// A header for a table that another header or a dotted key has defined (section "Table").
        case duplicateTable(String, firstLine: Int)
        /// A dotted key that would add to a table defined by a header (section "Table").
        case tableDefinedByHeader(String, firstLine: Int)
        /// A header or dotted key that would add to an inline table (section "Inline Table").
        case closedInlineTable(String, firstLine: Int)
        /// A header or dotted key that passes through a value; the type is as ``TOMLValue/typeName`` gives it.
        case notATable(String, typeName: String, firstLine: Int)
        /// A header or dotted key that would change an array of tables (section "Array of Tables").
        case arrayOfTables(String, firstLine: Int)
    }

    /// What the grammar wants where something else stands.
    public enum Expected: Hashable, Sendable {
        /// A key, in a line of its own, a header or an inline table.
        case key
        /// The `=` between a key and its value.
        case equalsSign
        /// A value.
        case value
        /// The `]` or `]]` that ends a header.
        case headerEnd
        /// Nothing more but a comment.
        case lineEnd
        /// A comma, or the `]` of an array.
        case commaOrBracket
        /// A comma, or the `}` of an inline table.
        case commaOrBrace
    }
}
