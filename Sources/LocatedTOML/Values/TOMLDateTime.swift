// SPDX-License-Identifier: Apache-2.0

/// A date of the Gregorian calendar (section "Local Date").
public struct TOMLLocalDate: Hashable, Sendable {
    /// The year, 0 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day, 1 to the length of the month in that year.
    public let day: Int
}

/// A time of day (section "Local Time").
public struct TOMLLocalTime: Hashable, Sendable {
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute, 0 to 59.
    public let minute: Int
    /// The second, 0 to 60: RFC 3339 has leap seconds. A time without seconds has 0.
    public let second: Int
    /// The nanoseconds, 0 to 999,999,999. Further digits of the fraction are cut off, not rounded.
    public let nanosecond: Int
}

/// A date and a time of day without a zone (section "Local Date-Time").
public struct TOMLLocalDateTime: Hashable, Sendable {
    /// The date.
    public let date: TOMLLocalDate
    /// The time of day.
    public let time: TOMLLocalTime
}

/// A date and a time of day with an offset from UTC (section "Offset Date-Time").
public struct TOMLOffsetDateTime: Hashable, Sendable {
    /// The date at that offset.
    public let date: TOMLLocalDate
    /// The time of day at that offset.
    public let time: TOMLLocalTime
    /// The offset of the local time from UTC, in minutes, -1439 to 1439. `Z` and `-00:00` are 0.
    public let offsetMinutes: Int
}
