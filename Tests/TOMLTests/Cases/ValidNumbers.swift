// SPDX-License-Identifier: Apache-2.0

/// Sections "Boolean", "Integer" and "Float".
extension ValidCase {
    static let numbers: [ValidCase] = [
        ValidCase("booleans", "a = true\nb = false", "{a = true, b = false}"),
        ValidCase("integers", "a = [0, 1, +1, -1, +0, -0, 42]", "{a = [0, 1, 1, -1, 0, 0, 42]}"),
        ValidCase("underscores", "a = [1_0, 1_2_3, 0xF_f, 0o7_7, 0b1_0]", "{a = [10, 123, 255, 63, 2]}"),
        ValidCase(
            "the limits of 64 bits", "a = [9223372036854775807, -9223372036854775808, 0x7fffffffffffffff]",
            "{a = [9223372036854775807, -9223372036854775808, 9223372036854775807]}"),
        ValidCase("radixes", "a = [0xDEADBEEF, 0xdeadbeef, 0o755, 0b1101]", "{a = [3735928559, 3735928559, 493, 13]}"),
        ValidCase("zeros after a prefix", "a = [0x00f, 0o0, 0b01]", "{a = [15, 0, 1]}"),
        ValidCase("fractions", "a = [1.0, +3.1415, -0.01, 0.0]", "{a = [1.0, 3.1415, -0.01, 0.0]}"),
        ValidCase(
            "exponents", "a = [5e+22, 1e06, -2E-2, 0e0, 6.626e-34]", "{a = [5e+22, 1000000.0, -0.02, 0.0, 6.626e-34]}"),
        ValidCase("underscores in floats", "a = [2_24.1_7, 9_2e1_0]", "{a = [224.17, 920000000000.0]}"),
        ValidCase("zeros of both signs", "a = [+0.0, -0.0]", "{a = [0.0, -0.0]}"),
        ValidCase("special floats", "a = [inf, +inf, -inf, nan, +nan, -nan]", "{a = [inf, inf, -inf, nan, nan, nan]}"),
        ValidCase("floats are rounded to the nearest", "a = [1e400, 1e-400, 0.1]", "{a = [inf, 0.0, 0.1]}"),
    ]

    /// Sections "Offset Date-Time", "Local Date-Time", "Local Date" and "Local Time".
    static let datesAndTimes: [ValidCase] = [
        ValidCase("in UTC", "a = 1979-05-27T07:32:00Z", "{a = 1979-5-27T7:32:0+0ns 0min}"),
        ValidCase("small letters", "a = 1979-05-27t07:32:00z", "{a = 1979-5-27T7:32:0+0ns 0min}"),
        ValidCase("a blank for the T", "a = 1979-05-27 07:32:00Z", "{a = 1979-5-27T7:32:0+0ns 0min}"),
        ValidCase("behind UTC", "a = 1979-05-27T00:32:00.999999-07:30", "{a = 1979-5-27T0:32:0+999999000ns -450min}"),
        ValidCase("the largest offset", "a = 1979-05-27T00:32:00+23:59", "{a = 1979-5-27T0:32:0+0ns 1439min}"),
        ValidCase("a leap second", "a = 1990-12-31T23:59:60Z", "{a = 1990-12-31T23:59:60+0ns 0min}"),
        ValidCase("a local date-time", "a = 1979-05-27T00:32:00.5", "{a = 1979-5-27T0:32:0+500000000ns}"),
        ValidCase("a local date", "a = 1979-05-27", "{a = 1979-5-27}"),
        ValidCase("a blank and a comment after a date", "a = 1979-05-27 # c", "{a = 1979-5-27}"),
        ValidCase("a leap day", "a = [2000-02-29, 2024-02-29]", "{a = [2000-2-29, 2024-2-29]}"),
        ValidCase("the first and last days", "a = [0000-01-01, 9999-12-31]", "{a = [0-1-1, 9999-12-31]}"),
        ValidCase("a local time", "a = 23:59:59", "{a = 23:59:59+0ns}"),
        ValidCase("a fraction is cut off", "a = 00:00:00.1234567899999", "{a = 0:0:0+123456789ns}"),
    ]
}
