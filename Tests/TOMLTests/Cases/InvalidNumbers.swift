// SPDX-License-Identifier: Apache-2.0

/// Sections "Integer" and "Float".
extension InvalidCase {
    static let numbers: [InvalidCase] =
        [
            "+", "-", "++1", "1+", "1x", "+0x1", "-0b1", "0x", "0xg", "0o8", "0b2", "0X1", "0B1", "1.", "1.e1", "1e",
            "1e+",
        ]
        .map { InvalidCase("a = \($0)", "1:5 '\($0)' is not a number") }
        + ["1.5.5", "1e5.5", "1e1e1", "+infx", "-Inf", "0x1.5", "1..2", "1-2", "7:45:00", "197-01-01", "0x-1"]
        .map { InvalidCase("a = \($0)", "1:5 '\($0)' is not a number") }
        + ["01", "-01", "+00", "0_1", "00.5", "01e1", "0_0.1"]
        .map { InvalidCase("a = \($0)", "1:5 the number '\($0)' must not begin with a zero") }
        + ["1_", "1__2", "-_1", "0x_1", "0x1_", "0b1__0", "1_.5", "1._5", "1.5_", "1.5e_1", "1e1_", "1_e1"]
        .map { InvalidCase("a = \($0)", "1:5 the number '\($0)' has an underscore that is not between digits") }
        + ["9223372036854775808", "-9223372036854775809", "0x8000000000000000", "99999999999999999999"]
        .map { InvalidCase("a = \($0)", "1:5 the integer '\($0)' does not fit into 64 bits") }
        + [
            InvalidCase("a = .5", "1:5 expected a value, found '.'"),
            InvalidCase("a = _1", "1:5 '_1' is not a value (a string needs quotes)"),
            InvalidCase("a = Inf", "1:5 'Inf' is not a value (a string needs quotes)"),
            InvalidCase("a = NaN", "1:5 'NaN' is not a value (a string needs quotes)"),
            InvalidCase("a = 1 2", "1:7 expected the end of the line, found '2'"),
        ]

    /// Sections "Offset Date-Time", "Local Date-Time", "Local Date" and "Local Time".
    static let datesAndTimes: [InvalidCase] =
        [
            "1979-00-01", "1979-13-01", "1979-01-00", "1979-01-32", "1979-04-31", "1979-02-29", "1900-02-29",
            "1979-1-01",
            "1979-01-1", "1979-01", "1979-01-01T", "1979-01-01x", "1979-01-01T24:00:00", "1979-01-01T00:60:00",
            "1979-01-01T00:00:61", "1979-01-01T00:00:00.",
            "1979-01-01T00:00:00.Z", "1979-01-01T00:00:00+24:00", "1979-01-01T00:00:00+00:60", "1979-01-01T00:00:00+00",
            "1979-01-01T00:00:00+0000", "1979-01-01T00:00:00Zx", "1979-01-01 7:32:00",
            "1979-01-01_00:00:00", "07:32:0", "07:32:00Z", "07:32:00+00:00", "24:00:00", "00:60:00",
            "00:00:61",
            "00:00:00.", "00:00:00.1.1",
        ].map { InvalidCase("a = \($0)", "1:5 '\($0)' is not a date or time") }
        + [
            InvalidCase("a = 1979-01-01  07:32:00", "1:17 expected the end of the line, found '0'"),
            InvalidCase("a = 1979-01-01 x", "1:16 expected the end of the line, found 'x'"),
            InvalidCase("a = 19790-01-01", "1:5 '19790-01-01' is not a number"),
        ]
}
