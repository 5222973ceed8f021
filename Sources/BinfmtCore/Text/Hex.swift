// SPDX-License-Identifier: Apache-2.0

extension UInt8 {
    /// Two lower-case hexadecimal digits, in ASCII.
    var hexDigits: (high: UInt8, low: UInt8) { (Self.digit(self >> 4), Self.digit(self & 15)) }

    /// Two lower-case hexadecimal digits.
    package var hex: String { CollectionOfOne(self).hex }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The value of this byte as a hexadecimal digit in ASCII; nil if it is none.
    var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Collection<UInt8> {
    /// The bytes as lower-case hexadecimal digits, two a byte, without separators.
    package var hex: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * count)
        for byte in self {
            digits.append(byte.hexDigits.high)
            digits.append(byte.hexDigits.low)
        }
        return String(decoding: digits, as: UTF8.self)
    }
}

extension [UInt8] {
    /// The bytes that an even number of hexadecimal digits means; nil for any other text.
    package init?(hex digits: some Collection<UInt8>) { self.init(hex: Array(digits).span) }

    /// The same of a span.
    init?(hex digits: Span<UInt8>) {
        guard digits.count.isMultiple(of: 2) else { return nil }
        self = []
        reserveCapacity(digits.count / 2)
        for index in 0..<digits.count / 2 {
            guard let high = digits[2 * index].hexDigitValue, let low = digits[2 * index + 1].hexDigitValue else {
                return nil
            }
            append(high << 4 | low)
        }
    }
}
