// SPDX-License-Identifier: Apache-2.0

extension TOMLError: CustomStringConvertible {
    /// The mistake as a fragment of a sentence, without the position and without control characters.
    public var description: String { reason.description }
}

extension TOMLError.Reason: CustomStringConvertible {
    /// The mistake as a fragment of a sentence.
    public var description: String {
        switch self {
        case .fileTooLarge(let byteCount, let limit): "the file is \(byteCount) bytes long; the limit is \(limit)"
        case .tooDeep(let limit): "arrays and inline tables are nested more than \(limit) levels deep"
        case .keyTooLong(let limit): "a key has more than \(limit) parts"
        case .tooManyErrors: "too many errors; the rest of the file was not read"
        case .invalidUTF8: "this is not UTF-8"
        case .controlCharacter(let scalar): "the control character \(scalar.codePoint) must be written as an escape"
        case .bareCarriageReturn: "a carriage return is not followed by a line feed"
        case .unexpected(let found, let expected): "expected \(expected.description), found \(found.asFound)"
        case .unquotedText(let text): "\(text.quoted) is not a value (a string needs quotes)"
        case .multilineKey: "a key cannot be a multi-line string"
        case .invalidEscape(let text): "\(text.quoted) is not a valid escape in a double-quoted string"
        case .unterminatedString: "a string has no closing quotes"
        case .unterminatedArray: "an array has no closing bracket"
        case .unterminatedInlineTable: "an inline table has no closing brace"
        case .lineBreakInInlineTable: "in TOML 1.0 an inline table must end on the line on which it begins"
        case .trailingComma: "in TOML 1.0 an inline table cannot have a comma after its last pair"
        case .invalidNumber(let text): "\(text.quoted) is not a number"
        case .leadingZero(let text): "the number \(text.quoted) must not begin with a zero"
        case .misplacedUnderscore(let text): "the number \(text.quoted) has an underscore that is not between digits"
        case .integerOutOfRange(let text): "the integer \(text.quoted) does not fit into 64 bits"
        case .invalidDateTime(let text): "\(text.quoted) is not a date or time"
        case .duplicateKey(let name, let line): "key \(name.quoted) is already defined on line \(line)"
        case .duplicateTable(let name, let line): "table \(name.quoted) is already defined on line \(line)"
        case .tableDefinedByHeader(let name, let line):
            "a dotted key cannot add to table \(name.quoted), which has its own header on line \(line)"
        case .closedInlineTable(let name, let line):
            "the inline table \(name.quoted) on line \(line) cannot be extended"
        case .notATable(let name, let typeName, let line):
            "key \(name.quoted) is not a table: line \(line) defines it as \(typeName)"
        case .arrayOfTables(let name, let line): "key \(name.quoted) is an array of tables, defined on line \(line)"
        }
    }
}

extension TOMLError.Expected: CustomStringConvertible {
    /// The expected thing, with its article.
    public var description: String {
        switch self {
        case .key: "a key"
        case .equalsSign: "an equals sign"
        case .value: "a value"
        case .headerEnd: "the closing bracket of a header"
        case .lineEnd: "the end of the line"
        case .commaOrBracket: "a comma or a closing bracket"
        case .commaOrBrace: "a comma or a closing brace"
        }
    }
}

extension String {
    /// The text in single quotes, for a message.
    var quoted: String { "'\(printable)'" }

    /// The text, with the code point in place of each scalar that a terminal or a log could interpret.
    fileprivate var printable: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            text += scalar.isPrintable ? String(scalar) : "<\(scalar.codePoint)>"
        }
    }

    /// The found text, for ``TOMLError/Reason/unexpected(_:expected:)``.
    fileprivate var asFound: String {
        switch self {
        case "": "the end of the file"
        case "\n", "\r\n": "the end of the line"
        default: quoted
        }
    }
}

extension Unicode.Scalar {
    /// The code point as text, such as `U+001B`.
    fileprivate var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }
}
