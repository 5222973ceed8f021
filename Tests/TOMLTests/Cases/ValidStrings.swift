// SPDX-License-Identifier: Apache-2.0

/// Sections "Spec", "Comment", "Keys" and "String".
extension ValidCase {
    static let strings: [ValidCase] = [
        ValidCase("an empty file", "", "{}"),
        ValidCase("blanks, tabs and line ends", " \t\n\r\n \n", "{}"),
        ValidCase("a byte order mark", "\u{FEFF}a = 1", "{a = 1}"),
        ValidCase("comments", "# one\na = 1 # two\n#\n\t# \u{E9}\u{10FFFF}\t", "{a = 1}"),
        ValidCase("a hash in a string", ##"a = "# no""##, ##"{a = "# no"}"##),
        ValidCase("CR LF", "a = 1\r\nb = 2\r\n", "{a = 1, b = 2}"),
        ValidCase("no line end at the end", "a = 1", "{a = 1}"),
        ValidCase("blanks around everything", "\t a\t=\t 1 \t", "{a = 1}"),
        ValidCase("no blanks at all", "a=1", "{a = 1}"),

        ValidCase("bare keys", "a-_Z9 = 1\n- = 2\n_ = 3", #"{"a-_Z9" = 1, "-" = 2, "_" = 3}"#),
        ValidCase(
            "bare keys like values", "1 = 1\n1979-05-27 = 2\ntrue = 3\ninf = 4",
            #"{"1" = 1, "1979-05-27" = 2, true = 3, inf = 4}"#),
        ValidCase("a key like a float is dotted", "3.14 = 1", #"{"3" = {"14" = 1}}"#),
        ValidCase("quoted keys", #""a b" = 1"# + "\n'c\"d' = 2", #"{"a b" = 1, "c"d" = 2}"#),
        ValidCase("escapes in a key", #""\u00e9\n" = 1"#, #"{"<e9><a>" = 1}"#),
        ValidCase("empty keys", "\"\" = 1\na.'' = 2", #"{"" = 1, a = {"" = 2}}"#),
        ValidCase("a quoted key is the bare one", "a.\"b\" = 1\na.'c' = 2", "{a = {b = 1, c = 2}}"),
        ValidCase("blanks around dots", "a . b\t.\tc = 1", "{a = {b = {c = 1}}}"),
        ValidCase("a dot in quotes", "a.\"b.c\" = 1", #"{a = {"b.c" = 1}}"#),
        ValidCase("dotted keys out of order", "a.x = 1\nb.x = 2\na.y = 3", "{a = {x = 1, y = 3}, b = {x = 2}}"),
        ValidCase(
            "canonical equivalents are two keys", "'\u{E9}' = 1\n'e\u{301}' = 2", #"{"<e9>" = 1, "e<301>" = 2}"#),

        ValidCase("an empty string", "a = \"\"\nb = ''", #"{a = "", b = ""}"#),
        ValidCase("all escapes", #"a = "\b\t\n\f\r\"\\""#, #"{a = "<8><9><a><c><d>"\"}"#),
        ValidCase(
            "code points", #"a = "\u0000\u00E9\u00e9\U0010FFFF\uD7FF\uE000""#,
            #"{a = "<0><e9><e9><10ffff><d7ff><e000>"}"#),
        ValidCase("a backslash before a u", #"a = "\\u00e9""#, #"{a = "\u00e9"}"#),
        ValidCase("a tab in strings", "a = \"\t\"\nb = '\t'", #"{a = "<9>", b = "<9>"}"#),
        ValidCase(
            "the limits of UTF-8", "a = '\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}'",
            #"{a = "<80><7ff><800><ffff><10000>"}"#),
        ValidCase("no escapes in single quotes", #"a = 'C:\x\u'"#, #"{a = "C:\x\u"}"#),

        ValidCase("an empty multi-line string", "a = \"\"\"\"\"\"\nb = ''''''", #"{a = "", b = ""}"#),
        ValidCase("the first line end is dropped", "a = \"\"\"\nx\"\"\"\nb = '''\r\n\nx'''", #"{a = "x", b = "<a>x"}"#),
        ValidCase("CR LF is read as LF", "a = \"\"\"x\r\ny\"\"\"\nb = '''x\r\ny'''", #"{a = "x<a>y", b = "x<a>y"}"#),
        ValidCase("an escaped line end", "a = \"\"\"x \\\n\n \t y\"\"\"", #"{a = "x y"}"#),
        ValidCase("an escaped line end after blanks", "a = \"\"\"x\\ \t\r\n  \r\ny\"\"\"", #"{a = "xy"}"#),
        ValidCase("an escaped line end at the end", "a = \"\"\"x\\\n  \"\"\"", #"{a = "x"}"#),
        ValidCase("a backslash at a line's end in single quotes", "a = '''x\\\ny'''", #"{a = "x\<a>y"}"#),
        ValidCase("one or two quotes inside", #"a = """x"y""z""""#, #"{a = "x"y""z"}"#),
        ValidCase(
            "four and five quotes at the end", #"a = """x""""# + "\"\nb = \"\"\"\"\"x\"\"\"\"\"",
            #"{a = "x"", b = """x"""}"#),
        ValidCase("five single quotes at the end", "a = '''''x'''''", #"{a = "''x''"}"#),
        ValidCase("three quotes with one escaped", #"a = """x""\"y""""#, #"{a = "x"""y"}"#),
        ValidCase("three of the other quotes", "a = \"\"\"'''\"\"\"\nb = '''\"\"\"'''", #"{a = "'''", b = """""}"#),
    ]
}
