// SPDX-License-Identifier: Apache-2.0

extension RecoveryCase {
    /// An error in a pair whose end is certain loses only that pair.
    static let pairs: [RecoveryCase] = [
        RecoveryCase("a bad value", "[a]\nx = ?\ny = 1\n[b]", "{a = !{y = 1}, b = {}}", "2:5"),
        RecoveryCase("several", "[a]\nx = 01\ny = \"\\x\"\nz = 1 2\nw = 1", "{a = !{w = 1}}", "2:5", "3:6", "4:7"),
        RecoveryCase("an integer out of range", "x = 9223372036854775808\ny = 1", "!{y = 1}", "1:5"),
        RecoveryCase("a key twice", "x = 1\nx = 2\ny = 3", "!{x = 1, y = 3}", "2:1"),
        RecoveryCase("a key twice, its value in lines", "x = 1\nx = [\n2\n]\ny = 3", "!{x = 1, y = 3}", "2:1"),
        RecoveryCase("in an array of lines", "x = [\n 1,\n ?,\n [2]\n]\ny = 1", "!{y = 1}", "3:2"),
        RecoveryCase("in a string of lines", "x = \"\"\"\n\\x\n[b]\ny = 1\n\"\"\"\nz = 1", "!{z = 1}", "2:1"),
        RecoveryCase("in an inline table", "x = {a = 1,,}\ny = 1", "!{y = 1}", "1:12"),
        RecoveryCase("in an inline table of lines", "x = {\n a = ?\n}\ny = 1\n[b]", "!{y = 1, b = {}}", "2:6"),
        RecoveryCase(
            "no comma between lines", "x = {\n a = 1 # ]\n b = [2],\n}\ny = 1\n[b]", "!{y = 1, b = {}}", "3:2"),
        RecoveryCase("in a table in an array", "x = [\n {a = ?,\n b = 2},\n]\ny = 1", "!{y = 1}", "2:7"),
        RecoveryCase("in a comment", "[a]\n# \u{1}\ny = 1", "{a = !{y = 1}}", "2:3"),
        RecoveryCase("in a comment behind a pair", "[a]\nx = 1 # \u{1}\ny = 1", "{a = !{y = 1}}", "2:9"),
    ]

    /// An error in a header, or in a line that may have been one, loses everything up to the next header.
    static let headers: [RecoveryCase] = [
        RecoveryCase("a bracket is missing", "[a]\n[b\nx = 1\n [c]\ny = 1", "{a = {}, b = !{}, c = {y = 1}}", "2:3"),
        RecoveryCase("a part is missing", "[a.]\nx = 1\n[b]", "{a = !{}, b = {}}", "1:4"),
        RecoveryCase("a doubtful name", "[a.b c]\nx = 1\n[a.b]", "{a = !{b = {}}}", "1:6"),
        RecoveryCase("no name", "[]\nx = 1\n[b]", "!{b = {}}", "1:2"),
        RecoveryCase("the next line too", "[a b]\n[b c]\nx = 1\n[c]", "!{c = {}}", "1:4", "2:4"),
        RecoveryCase("a table twice", "[a]\nx = 1\n[a]\ny = 1\n[b]", "{a = !{x = 1}, b = {}}", "3:2"),
        RecoveryCase("a table is a value", "a = 1\n[a]\ny = 1\n[b]", "!{a = 1, b = {}}", "2:2"),
        RecoveryCase("an element's bracket", "[[a]]\nx = 1\n[[a]\ny = 1\n[[a]]", "{a = [{x = 1}, !{}, {}]}", "3:5"),
        RecoveryCase("a table that is an array", "[[a]]\n[a]\ny = 1\n[b]", "{a = [!{}], b = {}}", "2:2"),
        RecoveryCase("an array that is a table", "[a]\n[[a]]\ny = 1\n[b]", "{a = !{}, b = {}}", "2:3"),
        RecoveryCase("only the closing bracket", "[a]\nb]\nx = 1\n[c]", "{a = !{}, c = {}}", "2:2"),
        RecoveryCase("no bracket at all", "[a]\nb\nx = 1\n[c]", "{a = !{}, c = {}}", "2:2"),
        RecoveryCase("good header after a bad one", "[a\nx = 1\n[a]\ny = 1", "{a = !{y = 1}}", "1:3"),
    ]

    /// A header in an array of tables counts only if no header of a later element can have been skipped.
    static let elements: [RecoveryCase] = [
        RecoveryCase(
            "an element's header is spoilt", "[[a]]\n[[a?]]\n[a.b]\nx = 1\n[[a]]\n[a.b]\ny = 1",
            "!{a = [!{}, {b = {y = 1}}]}", "2:4"),
        RecoveryCase(
            "its brackets are missing", "[[a]]\na]]\n[a.b]\nx = 1\n[[a]]\n[a.b]\ny = 1",
            "{a = [!{}, {b = {y = 1}}]}", "2:2"),
        RecoveryCase(
            "its name is certain", "[[a]]\n[[a]\n[a.b]\nx = 1", "{a = [{}, !{b = {x = 1}}]}", "2:5"),
        RecoveryCase(
            "an element of an element", "[[a]]\n[[a.b?]]\n[[a.b]]\n[c]", "{a = [!{}], c = {}}", "2:6"),
        RecoveryCase(
            "two headers are spoilt", "[[a]]\n[[a?]]\n[a.b\nx = 1\n[c]", "!{a = [!{}], c = {}}", "2:4", "3:5"),
        RecoveryCase("an error that costs a pair", "[[a]]\nx = ?\n[a.b]\ny = 1", "{a = [!{b = {y = 1}}]}", "2:5"),
    ]

    /// Nothing inside a string or an array is read as a key or a header, as far as that can be determined.
    static let insides: [RecoveryCase] = [
        RecoveryCase("an open string", "[a]\nx = \"\"\"\n[b]\ny = 1", "{a = !{}}", "2:5"),
        RecoveryCase("an open string in a line", "[a]\nx = \"1\ny = 2\n[b]", "{a = !{}, b = {}}", "2:5"),
        RecoveryCase("an open array", "[a]\nx = [1,\ny = 2\n[b]\nz = 1", "{a = !{}, b = {z = 1}}", "3:1"),
        RecoveryCase("an open inline table", "[a]\nx = {y = 1\nz = 2\n[b]\nz = 1", "{a = !{}, b = {z = 1}}", "3:1"),
        RecoveryCase(
            "an open inline table before a header", "[a]\nx = {y = 1,\n[b]\nz = {}", "{a = !{}, b = {z = {}}}", "3:1"),
        RecoveryCase(
            "an open inline table and a stray brace", "[a]\nx = {y = ?\n[b]\nz = {}\n}\n[c]",
            "{a = !{}, b = !{z = {}}, c = {}}", "2:10", "5:1"),
        RecoveryCase(
            "an array in an inline table", "[a]\nx = {y = ?, z = [\n[1],\n]}\nw = 1\n[b]", "{a = !{w = 1}, b = {}}",
            "2:10"),
        RecoveryCase("an open array before a header", "[a]\nx = [1\n[b]\nz = 1", "{a = !{}, b = {z = 1}}", "3:1"),
        RecoveryCase(
            "an open array and a stray bracket", "[a]\nx = [?\n[b]\ny = 1\nz = 2]\n[c]",
            "{a = !{}, b = !{y = 1}, c = {}}",
            "2:6", "5:6"),
        RecoveryCase(
            "a string in an open array", "[a]\nx = [\n[\"\"\"\n[b]\n\"\"\", ?,\ny = 1\n[c]", "{a = !{}, c = {}}", "5:6"),
        RecoveryCase(
            "quotes too many, and more later", "[a]\nx = \"\"b\"\"\"\n[c]\ny = 1 # \"\"\"\n[d]",
            "{a = !{}, c = {y = 1}, d = {}}", "2:7"),
        RecoveryCase("a comma, then a header", "[a]\nx = [1,\n[b]\nz = 1", "{a = !{}, b = {z = 1}}", "3:2"),
        RecoveryCase(
            "a string in the skipped lines", "[a b]\nx = '''\n[c]\ny = 1\n'''\n[d]", "!{d = {}}", "1:4"),
        RecoveryCase(
            "an array in the skipped lines", "[a b]\nx = [\n['c'],\n['d']\n]\ny = 1\n[e]", "!{e = {}}", "1:4"),
        RecoveryCase(
            "quotes too many", "[a]\nx = \"\"b\"\"\"\n[c]\ny = \"\"\"z\"\"\"", "{a = !{}, c = {y = \"z\"}}", "2:7"),
        RecoveryCase(
            "a stray bracket after an array", "[a]\nx = [\n1]]\ny = 1\n[b]", "{a = !{}, b = {}}", "3:3"),
    ]
}
