// SPDX-License-Identifier: Apache-2.0

/// What TOML 1.1 added: sections "String", "Offset Date-Time" to "Local Time" and "Inline Table".
extension ValidCase {
    static let since11: [ValidCase] = [
        ValidCase("escapes of code points below U+0100", #"a = "\x00\x7f\xb7\xFF""#, #"{a = "<0><7f><b7><ff>"}"#),
        ValidCase("an escape for the escape character", #"a = "\e[1m""#, #"{a = "<1b>[1m"}"#),
        ValidCase("two digits, no more", #"a = "\x4142""#, #"{a = "A42"}"#),
        ValidCase("in a string of lines", "a = \"\"\"\n\\e\\x41\"\"\"", #"{a = "<1b>A"}"#),
        ValidCase("in a key", #""\x41\e" = 1"#, #"{"A<1b>" = 1}"#),

        ValidCase("a local time", "a = 07:32", "{a = 7:32:0+0ns}"),
        ValidCase("a local date-time", "a = 1979-05-27T07:32", "{a = 1979-5-27T7:32:0+0ns}"),
        ValidCase("with a blank", "a = 1979-05-27 07:32", "{a = 1979-5-27T7:32:0+0ns}"),
        ValidCase("in UTC", "a = 1979-05-27T07:32Z", "{a = 1979-5-27T7:32:0+0ns 0min}"),
        ValidCase("an offset date-time", "a = 1979-05-27 07:32-07:30", "{a = 1979-5-27T7:32:0+0ns -450min}"),

        ValidCase("a comma at the end", "a = {b = 1,}", "{a = {b = 1}}"),
        ValidCase("a comma and a blank at the end", "a = {b = 1, }", "{a = {b = 1}}"),
        ValidCase("nothing but a line end", "a = {\n}", "{a = {}}"),
        ValidCase("nothing but a comment", "a = { # }\n}", "{a = {}}"),
        ValidCase("a pair a line", "a = {\n\tb = 1,\r\n\tc = 2\n}", "{a = {b = 1, c = 2}}"),
        ValidCase("a comma before the last line end", "a = {\n b = 1,\n c = 2,\n}", "{a = {b = 1, c = 2}}"),
        ValidCase("a comma on a line of its own", "a = {b = 1\n,\nc = 2\n,\n}", "{a = {b = 1, c = 2}}"),
        ValidCase(
            "comments everywhere", "a = { # one\n # two\n b = 1 # three\n , # four\n c = 2 # five }\n # six\n}",
            "{a = {b = 1, c = 2}}"),
        ValidCase(
            "tables and arrays of lines in one", "a = {\n b = {\n  c = [\n   {\n    d = 1,\n   },\n  ],\n },\n}",
            "{a = {b = {c = [{d = 1}]}}}"),
        ValidCase("dotted and quoted keys", "a = {\n b.c = 1,\n b.\"d\" = 2,\n}", "{a = {b = {c = 1, d = 2}}}"),
    ]
}
