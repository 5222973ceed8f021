// SPDX-License-Identifier: Apache-2.0

/// The characters and classes of characters of the TOML grammar.
extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let blank = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let hash = UInt8(ascii: "#")
    static let apostrophe = UInt8(ascii: "'")
    static let plus = UInt8(ascii: "+")
    static let comma = UInt8(ascii: ",")
    static let hyphen = UInt8(ascii: "-")
    static let dot = UInt8(ascii: ".")
    static let zero = UInt8(ascii: "0")
    static let colon = UInt8(ascii: ":")
    static let equals = UInt8(ascii: "=")
    static let openBracket = UInt8(ascii: "[")
    static let backslash = UInt8(ascii: "\\")
    static let closeBracket = UInt8(ascii: "]")
    static let underscore = UInt8(ascii: "_")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")

    /// `wschar` of the grammar.
    var isBlank: Bool { self == .blank || self == .tab }

    /// `DIGIT` of the grammar.
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

    /// A character of a bare key: `unquoted-key` of the grammar.
    var isBareKey: Bool {
        isDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self
            || self == .hyphen || self == .underscore
    }

    /// A character of `true`, a number, a date or a time, except for the blank between a date and a time.
    var isInWord: Bool { isBareKey || self == .plus || self == .dot || self == .colon }

    var isPrintableASCII: Bool { 0x20...0x7E ~= self }

    /// A character that means itself in a string of any kind and in a comment.
    var isOrdinary: Bool { isPrintableASCII && self != .quote && self != .apostrophe && self != .backslash }

    var isUTF8Continuation: Bool { 0x80...0xBF ~= self }

    /// The value of a digit of that radix, up to 16, nil if the byte is not such a digit.
    func digit(radix: UInt8) -> UInt8? {
        let value: UInt8? =
            switch self {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
            default: nil
            }
        guard let value, value < radix else { return nil }
        return value
    }
}
