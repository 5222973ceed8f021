// SPDX-License-Identifier: Apache-2.0

/// Dates and times: the sections "Offset Date-Time" to "Local Time" of the specification, after RFC 3339.
extension Scanner {
    /// Whether the next text begins like a date (`1979-`) or a time (`07:`), and so cannot be a number.
    var isAtDateTime: Bool {
        guard next?.isDigit == true, peek(1)?.isDigit == true else { return false }
        if peek(2) == .colon { return true }
        return peek(2)?.isDigit == true && peek(3)?.isDigit == true && peek(4) == .hyphen
    }

    /// Reads a date, a time or both.
    mutating func readDateTime() throws(TOMLError) -> TOMLValue.Kind {
        var range = wordRange
        let dateLength = 10
        if range.count == dateLength, peek(dateLength) == .blank, peek(dateLength + 1)?.isDigit == true {
            var ahead = self
            ahead.skip(dateLength + 1)
            range = offset..<ahead.wordRange.upperBound
        }
        var components = DateTimeText(rest: bytes[range], mayOmitSeconds: version != .v1_0)
        guard let kind = components.takeValue() else { throw error(.invalidDateTime(text(range).excerpt)) }
        skip(range.count)
        return kind
    }
}

/// The unread rest of a date or time. Each function takes its part from the front, or returns nil if it is malformed.
private struct DateTimeText {
    var rest: ArraySlice<UInt8>
    let mayOmitSeconds: Bool

    mutating func takeValue() -> TOMLValue.Kind? {
        guard rest.dropFirst(2).first != .colon else {
            guard let time = takeTime(), rest.isEmpty else { return nil }
            return .localTime(time)
        }
        guard let date = takeDate() else { return nil }
        guard !rest.isEmpty else { return .localDate(date) }
        guard take("T") || take("t") || take(" "), let time = takeTime() else { return nil }
        guard !rest.isEmpty else { return .localDateTime(TOMLLocalDateTime(date: date, time: time)) }
        guard let offset = takeOffset(), rest.isEmpty else { return nil }
        return .offsetDateTime(TOMLOffsetDateTime(date: date, time: time, offsetMinutes: offset))
    }

    private mutating func takeDate() -> TOMLLocalDate? {
        guard let year = takeNumber(digitCount: 4, in: 0...9999), take("-"),
            let month = takeNumber(digitCount: 2, in: 1...12), take("-"),
            let day = takeNumber(digitCount: 2, in: 1...Self.length(ofMonth: month, year: year))
        else { return nil }
        return TOMLLocalDate(year: year, month: month, day: day)
    }

    /// Seconds are optional since TOML 1.1. RFC 3339 ends a time with `[ "." 1*DIGIT ]` and permits second 60 for a leap second. Only a table of past leap
    /// seconds could tell a leap second from a mistake.
    private mutating func takeTime() -> TOMLLocalTime? {
        guard let hour = takeNumber(digitCount: 2, in: 0...23), take(":"),
            let minute = takeNumber(digitCount: 2, in: 0...59)
        else { return nil }
        if mayOmitSeconds, rest.first != .colon {
            return TOMLLocalTime(hour: hour, minute: minute, second: 0, nanosecond: 0)
        }
        guard take(":"), let second = takeNumber(digitCount: 2, in: 0...60)
        else { return nil }
        guard take(".") else { return TOMLLocalTime(hour: hour, minute: minute, second: second, nanosecond: 0) }
        let fraction = rest.prefix { $0.isDigit }
        guard !fraction.isEmpty else { return nil }
        rest = rest.dropFirst(fraction.count)
        var nanosecond = 0
        for place in 0..<9 {
            let index = fraction.startIndex + place
            nanosecond = nanosecond * 10 + (index < fraction.endIndex ? Int(fraction[index] - .zero) : 0)
        }
        return TOMLLocalTime(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
    }

    /// In minutes.
    private mutating func takeOffset() -> Int? {
        guard !take("Z"), !take("z") else { return 0 }
        let isBehind = rest.first == .hyphen
        guard take("+") || take("-"), let hours = takeNumber(digitCount: 2, in: 0...23), take(":"),
            let minutes = takeNumber(digitCount: 2, in: 0...59)
        else { return nil }
        return (isBehind ? -1 : 1) * (hours * 60 + minutes)
    }

    private mutating func takeNumber(digitCount: Int, in range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix(digitCount)
        guard digits.count == digitCount, digits.allSatisfy(\.isDigit) else { return nil }
        rest = rest.dropFirst(digitCount)
        let number = digits.reduce(0) { $0 * 10 + Int($1 - .zero) }
        return range.contains(number) ? number : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        default: 31
        }
    }
}
