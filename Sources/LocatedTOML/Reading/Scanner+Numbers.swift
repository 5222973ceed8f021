// SPDX-License-Identifier: Apache-2.0

/// Booleans, integers and floats: sections "Boolean", "Integer" and "Float" of the specification.
extension Scanner {
    /// Reads a value that begins with a letter: `true`, `false`, `inf` or `nan`.
    mutating func readWord() throws(TOMLError) -> TOMLValue.Kind {
        let range = wordRange
        let kind: TOMLValue.Kind
        switch text(range) {
        case "true": kind = .boolean(true)
        case "false": kind = .boolean(false)
        case "inf": kind = .float(.infinity)
        case "nan": kind = .float(.nan)
        default: throw error(.unquotedText(text(range).excerpt))
        }
        skip(range.count)
        return kind
    }

    /// Reads a number or a float's special value; a sign or a digit comes next.
    mutating func readNumber() throws(TOMLError) -> TOMLValue.Kind {
        if let integer = readPlainInteger() { return .integer(integer) }
        let range = wordRange
        let kind: TOMLValue.Kind
        do {
            kind = try NumberText(bytes[range]).value
        } catch {
            let excerpt = text(range).excerpt
            switch error {
            case .malformed: throw self.error(.invalidNumber(excerpt))
            case .leadingZero: throw self.error(.leadingZero(excerpt))
            case .misplacedUnderscore: throw self.error(.misplacedUnderscore(excerpt))
            case .outOfRange: throw self.error(.integerOutOfRange(excerpt))
            }
        }
        skip(range.count)
        return kind
    }

    /// Reads a plain decimal integer, if one comes next: nearly all numbers are plain, and this takes a fifth of the
    /// time. See docs/performance.md.
    private mutating func readPlainInteger() -> Int64? {
        var end = offset
        var value: UInt64 = 0
        while end < bytes.count, bytes[end].isDigit {
            value = value &* 10 &+ UInt64(bytes[end] - .zero)
            end += 1
        }
        // Any 19 digits fit a `UInt64`. A plain integer has no leading zero.
        let count = end - offset
        guard 1...19 ~= count, count == 1 || bytes[offset] != .zero, end == bytes.count || !bytes[end].isInWord,
            let integer = Int64(exactly: value)
        else { return nil }
        skip(count)
        return integer
    }

    /// The range of the letters, digits and signs of numbers, dates and times that come next.
    var wordRange: Range<Int> {
        var end = offset
        while end < bytes.count, bytes[end].isInWord { end += 1 }
        return offset..<end
    }
}

/// The text of a number, to be checked against the grammar.
private struct NumberText {
    /// The mistakes in a number.
    enum Mistake: Error { case malformed, leadingZero, misplacedUnderscore, outOfRange }

    private let text: ArraySlice<UInt8>
    private let isSigned: Bool
    private let isNegative: Bool
    /// The text without its sign.
    private let magnitude: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        isNegative = text.first == .hyphen
        isSigned = isNegative || text.first == .plus
        magnitude = isSigned ? text.dropFirst() : text
    }

    var value: TOMLValue.Kind {
        get throws(Mistake) {
            if let radix { return .integer(try integer(of: magnitude.dropFirst(2), radix: radix)) }
            if magnitude.elementsEqual("inf".utf8) { return .float(isNegative ? -.infinity : .infinity) }
            if magnitude.elementsEqual("nan".utf8) { return .float(.nan) }
            let integerPart = magnitude.prefix { $0.isDigit || $0 == .underscore }
            guard integerPart.count == magnitude.count else {
                return .float(try float(integerDigitCount: integerPart.count))
            }
            let integer = try integer(of: magnitude, radix: 10)
            guard magnitude.first != .zero || magnitude.count == 1 else { throw .leadingZero }
            return .integer(integer)
        }
    }

    /// The radix by the prefix, which no sign may precede; nil without one.
    private var radix: UInt8? {
        guard !isSigned, magnitude.first == .zero else { return nil }
        switch magnitude.dropFirst().first {
        case UInt8(ascii: "x"): return 16
        case UInt8(ascii: "o"): return 8
        case UInt8(ascii: "b"): return 2
        default: return nil
        }
    }

    private func integer(of digits: ArraySlice<UInt8>, radix: UInt8) throws(Mistake) -> Int64 {
        var value: Int64 = 0
        var hasOverflow = false
        var wasDigit = false
        for byte in digits {
            if byte == .underscore {
                guard wasDigit else { throw .misplacedUnderscore }
                wasDigit = false
                continue
            }
            guard let digit = byte.digit(radix: radix) else { throw .malformed }
            let (product, isProductOver) = value.multipliedReportingOverflow(by: Int64(radix))
            let (sum, isSumOver) =
                isNegative
                ? product.subtractingReportingOverflow(Int64(digit)) : product.addingReportingOverflow(Int64(digit))
            hasOverflow = hasOverflow || isProductOver || isSumOver
            value = sum
            wasDigit = true
        }
        guard wasDigit else { throw digits.isEmpty ? .malformed : .misplacedUnderscore }
        guard !hasOverflow else { throw .outOfRange }
        return value
    }

    /// Checks the text against `float` of the grammar, then lets `Double` round it; too large a number is infinite.
    private func float(integerDigitCount: Int) throws(Mistake) -> Double {
        var rest = magnitude
        try takeDigits(from: &rest)
        if rest.first == .dot {
            rest.removeFirst()
            try takeDigits(from: &rest)
        }
        if let byte = rest.first, byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            rest.removeFirst()
            if let sign = rest.first, sign == .plus || sign == .hyphen { rest.removeFirst() }
            try takeDigits(from: &rest)
        }
        guard rest.isEmpty else { throw .malformed }
        guard magnitude.first != .zero || integerDigitCount == 1 else { throw .leadingZero }
        let digits = String(decoding: text.filter { $0 != .underscore }, as: UTF8.self)
        guard let value = Double(digits) else { throw .malformed }
        return value
    }

    /// Takes one or more digits, with single underscores between them.
    private func takeDigits(from rest: inout ArraySlice<UInt8>) throws(Mistake) {
        let digits = rest.prefix { $0.isDigit || $0 == .underscore }
        rest = rest.dropFirst(digits.count)
        guard let first = digits.first, let last = digits.last else { throw .malformed }
        guard first != .underscore, last != .underscore else { throw .misplacedUnderscore }
        let hasPair = zip(digits, digits.dropFirst()).contains { $0 == .underscore && $1 == .underscore }
        guard !hasPair else { throw .misplacedUnderscore }
    }
}
