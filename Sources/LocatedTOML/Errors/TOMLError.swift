// SPDX-License-Identifier: Apache-2.0

/// A mistake in a TOML file, with its position.
public struct TOMLError: Error, Hashable, Sendable {
    /// The position of the mistake: the offending character, or the start of the key, value, escape or string at fault.
    public let position: SourcePosition

    /// The kind of the mistake.
    public let reason: Reason

    /// The kinds of mistakes. A text from the file is quoted as it is, cut after 40 scalars.
    public enum Reason: Hashable, Sendable {
        /// The file has this many bytes, more than ``TOMLLimits/fileSize``.
        case fileTooLarge(byteCount: Int, limit: Int)
        /// Arrays and inline tables are nested more deeply than ``TOMLLimits/nesting``.
        case tooDeep(limit: Int)
        /// A key has more parts than ``TOMLLimits/keyParts``.
        case keyTooLong(limit: Int)
        /// The recovering reader has listed ``TOMLLimits/errors`` errors and stopped.
        case tooManyErrors

        /// A byte that is not part of a UTF-8 character (section "Spec": a file is a valid UTF-8 document).
        case invalidUTF8
        /// A control character other than tab, in a comment or a string.
        case controlCharacter(Unicode.Scalar)
        /// A carriage return that is not followed by a line feed, and so does not end a line (section "Spec").
        case bareCarriageReturn

        /// The grammar expects something other than the text that was found; an empty text is the end of the file.
        case unexpected(String, expected: Expected)
        /// A bare word instead of a value, such as `yes` (section "Key/Value Pair").
        case unquotedText(String)
        /// A multi-line string instead of a key (section "Keys").
        case multilineKey

        /// A backslash with following characters that are not an escape sequence of this version of TOML (section "String").
        case invalidEscape(String)
        /// A string whose closing quotes are missing from its line, or from the file if it may span lines.
        case unterminatedString
        /// An array whose `]` is missing from the file.
        case unterminatedArray
        /// An inline table whose `}` is missing from the file.
        case unterminatedInlineTable
        /// An inline table that continues on the next line, in TOML 1.0 (section "Inline Table").
        case lineBreakInInlineTable
        /// A comma after the last pair of an inline table, in TOML 1.0 (section "Inline Table").
        case trailingComma

        /// Text that begins like a number but is not one (sections "Integer" and "Float").
        case invalidNumber(String)
        /// A number with a leading zero.
        case leadingZero(String)
        /// A number with an underscore that is not between two digits.
        case misplacedUnderscore(String)
        /// An integer that a signed 64-bit integer cannot hold.
        case integerOutOfRange(String)
        /// Text that begins like a date or a time but is not one (sections "Offset Date-Time" to "Local Time").
        case invalidDateTime(String)

        /// A key that is already defined.
        case duplicateKey(String, firstLine: Int)
        /// A header for a table that another header or a dotted key has defined (section "Table").
        case duplicateTable(String, firstLine: Int)
        /// A dotted key that would add to a table defined by a header (section "Table").
        case tableDefinedByHeader(String, firstLine: Int)
        /// A header or dotted key that would add to an inline table (section "Inline Table").
        case closedInlineTable(String, firstLine: Int)
        /// A header or dotted key that passes through a value; the type is its ``TOMLValue/typeName``.
        case notATable(String, typeName: String, firstLine: Int)
        /// A header or dotted key that would change an array of tables (section "Array of Tables").
        case arrayOfTables(String, firstLine: Int)
    }

    /// What the grammar expects.
    public enum Expected: Hashable, Sendable {
        /// A key, in a line of its own, a header or an inline table.
        case key
        /// The `=` between a key and its value.
        case equalsSign
        /// A value.
        case value
        /// The `]` or `]]` that ends a header.
        case headerEnd
        /// The end of the line, or a comment.
        case lineEnd
        /// A comma, or the `]` of an array.
        case commaOrBracket
        /// A comma, or the `}` of an inline table.
        case commaOrBrace
    }
}
