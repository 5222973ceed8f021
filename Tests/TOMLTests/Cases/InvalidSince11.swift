// SPDX-License-Identifier: Apache-2.0

/// Mistakes in what TOML 1.1 added.
extension InvalidCase {
    static let since11: [InvalidCase] = [
        InvalidCase(#"a = "\x4""#, #"1:6 '\x4' is not a valid escape in a double-quoted string"#),
        InvalidCase(#"a = "\x""#, #"1:6 '\x' is not a valid escape in a double-quoted string"#),
        InvalidCase(#"a = "\xg0""#, #"1:6 '\x' is not a valid escape in a double-quoted string"#),
        InvalidCase(#"a = "\E""#, #"1:6 '\E' is not a valid escape in a double-quoted string"#),
        InvalidCase(#"a = "\X41""#, #"1:6 '\X' is not a valid escape in a double-quoted string"#),
        InvalidCase(#""\x" = 1"#, #"1:2 '\x' is not a valid escape in a double-quoted string"#),

        InvalidCase("a = 1979-01-01T07:32.5", "1:5 '1979-01-01T07:32.5' is not a date or time"),
        InvalidCase("a = 1979-01-01T07", "1:5 '1979-01-01T07' is not a date or time"),
        InvalidCase("a = 1979-01-01T07:", "1:5 '1979-01-01T07:' is not a date or time"),
        InvalidCase("a = 1979-01-01T07:32Zx", "1:5 '1979-01-01T07:32Zx' is not a date or time"),
        InvalidCase("a = 07:32:", "1:5 '07:32:' is not a date or time"),
        InvalidCase("a = 07:32.5", "1:5 '07:32.5' is not a date or time"),
        InvalidCase("a = 07:32Z", "1:5 '07:32Z' is not a date or time"),
        InvalidCase("a = 07:60", "1:5 '07:60' is not a date or time"),

        InvalidCase("a = {", "1:5 an inline table has no closing brace"),
        InvalidCase("a = {\nb = 1", "1:5 an inline table has no closing brace"),
        InvalidCase("a = {b = 1,\n", "1:5 an inline table has no closing brace"),
        InvalidCase("a = {b = 1 # }", "1:5 an inline table has no closing brace"),
        InvalidCase("a = {\n,}", "2:1 expected a key, found ','"),
        InvalidCase("a = {b = 1,\n,}", "2:1 expected a key, found ','"),
        InvalidCase("a = {b = 1\nc = 2}", "2:1 expected a comma or a closing brace, found 'c'"),
        InvalidCase("a = {b\n= 1}", "1:7 expected an equals sign, found the end of the line"),
        InvalidCase("a = {b =\n1}", "1:9 expected a value, found the end of the line"),
        InvalidCase("a = {b.\nc = 1}", "1:8 expected a key, found the end of the line"),
        InvalidCase("a = {\nb = 1,\nb = 2}", "3:1 key 'b' is already defined on line 2"),
        InvalidCase("a = {\n[b]\n}", "2:1 expected a key, found '['"),
        InvalidCase("a = { # \u{1}\n}", "1:9 the control character U+0001 must be written as an escape"),
        InvalidCase("a = {\r}", "1:6 a carriage return is not followed by a line feed"),
    ]

    /// Files of TOML 1.1 that a reader of 1.0 refuses.
    static let until11: [InvalidCase] = [
        InvalidCase(#"a = "\e""#, #"1:6 '\e' is not a valid escape in a double-quoted string"#),
        InvalidCase(#"a = "\xFF""#, #"1:6 '\x' is not a valid escape in a double-quoted string"#),
        InvalidCase(#""\x41" = 1"#, #"1:2 '\x' is not a valid escape in a double-quoted string"#),
        InvalidCase("a = 07:32", "1:5 '07:32' is not a date or time"),
        InvalidCase("a = 1979-01-01T07:32", "1:5 '1979-01-01T07:32' is not a date or time"),
        InvalidCase("a = 1979-01-01T07:32Z", "1:5 '1979-01-01T07:32Z' is not a date or time"),
        InvalidCase("a = 1979-01-01 07:32", "1:5 '1979-01-01 07:32' is not a date or time"),
        InvalidCase("a = {b = 1,}", "1:11 in TOML 1.0 an inline table cannot have a comma after its last pair"),
        InvalidCase("a = {b = 1, }", "1:11 in TOML 1.0 an inline table cannot have a comma after its last pair"),
        InvalidCase("a = {\n}", "1:6 in TOML 1.0 an inline table must end on the line on which it begins"),
        InvalidCase("a = {b = 1\r\n}", "1:11 in TOML 1.0 an inline table must end on the line on which it begins"),
        InvalidCase(
            "a = {b = 1,\nc = 2}", "1:12 in TOML 1.0 an inline table must end on the line on which it begins"),
        InvalidCase("a = {b = 1 # c\n}", "1:12 expected a comma or a closing brace, found '#'"),
    ]
}
