// SPDX-License-Identifier: Apache-2.0

extension TOMLLocalDate: CustomStringConvertible {
    /// The date as TOML writes it: `1979-05-27`.
    public var description: String { year.digits(4) + "-" + month.digits(2) + "-" + day.digits(2) }
}

extension TOMLLocalTime: CustomStringConvertible {
    /// The time as TOML writes it, with as many digits of the fraction as there are: `07:32:00.5`.
    public var description: String {
        let time = hour.digits(2) + ":" + minute.digits(2) + ":" + second.digits(2)
        guard nanosecond != 0 else { return time }
        var fraction = nanosecond.digits(9)
        while fraction.last == "0" { fraction.removeLast() }
        return time + "." + fraction
    }
}

extension TOMLLocalDateTime: CustomStringConvertible {
    /// The date and the time as TOML writes them.
    public var description: String { "\(date)T\(time)" }
}

extension TOMLOffsetDateTime: CustomStringConvertible {
    /// The date, the time and the offset as TOML writes them, `Z` for UTC.
    public var description: String {
        guard offsetMinutes != 0 else { return "\(date)T\(time)Z" }
        let minutes = offsetMinutes.magnitude
        let sign = offsetMinutes < 0 ? "-" : "+"
        return "\(date)T\(time)\(sign)" + Int(minutes / 60).digits(2) + ":" + Int(minutes % 60).digits(2)
    }
}

extension Int {
    /// The number with leading zeros.
    fileprivate func digits(_ count: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, count - digits.count)) + digits
    }
}
