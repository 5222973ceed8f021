// SPDX-License-Identifier: Apache-2.0

/// Double definitions: sections "Keys", "Table", "Inline Table" and "Array of Tables".
extension InvalidCase {
    static let definitions: [InvalidCase] =
        [
            InvalidCase("a = 1\na = 2", "2:1 key 'a' is already defined on line 1"),
            InvalidCase("a = 1\n\"\\u0061\" = 2", "2:1 key 'a' is already defined on line 1"),
            InvalidCase("'\u{1B}[31m' = 1", "1:2 the control character U+001B must be written as an escape"),
            InvalidCase("\"\\u001B\" = 1\n\"\\u001B\" = 1", "2:1 key '<U+001B>' is already defined on line 1"),
            InvalidCase("a.b = 1\na.b = 2", "2:3 key 'b' is already defined on line 1"),
            InvalidCase("a.b = 1\na = 2", "2:1 key 'a' is already defined on line 1"),
            InvalidCase("a = 1\na.b = 2", "2:1 key 'a' is not a table: line 1 defines it as an integer"),
            InvalidCase("a = {b = 1, b = 2}", "1:13 key 'b' is already defined on line 1"),
            InvalidCase("a = {b.c = 1, b = 2}", "1:15 key 'b' is already defined on line 1"),
            InvalidCase("a = {b = 1, b.c = 2}", "1:13 key 'b' is not a table: line 1 defines it as an integer"),
            InvalidCase("a = {b = {}, b.c = 2}", "1:14 the inline table 'b' on line 1 cannot be extended"),

            InvalidCase("[a]\n[a]", "2:2 table 'a' is already defined on line 1"),
            InvalidCase("[a]\n[b]\n[a]", "3:2 table 'a' is already defined on line 1"),
            InvalidCase("[a.b]\n[a]\n[a]", "3:2 table 'a' is already defined on line 2"),
            InvalidCase("[a]\nb = 1\n[a.b]", "3:4 key 'b' is not a table: line 2 defines it as an integer"),
            InvalidCase("[a]\nb = 1\n[a.b.c]", "3:4 key 'b' is not a table: line 2 defines it as an integer"),
            InvalidCase("a = 1\n[a]", "2:2 key 'a' is not a table: line 1 defines it as an integer"),
            InvalidCase("[a.b]\n[a]\nb = 1", "3:1 key 'b' is already defined on line 1"),

            InvalidCase("[a]\nb.c = 1\n[a.b]", "3:4 table 'b' is already defined on line 2"),
            InvalidCase("a.b.c = 1\n[a.b]", "2:4 table 'b' is already defined on line 1"),
            InvalidCase("a.b = 1\n[a]", "2:2 table 'a' is already defined on line 1"),
            InvalidCase("[a.b.c]\n[a]\nb.x = 1\n[a.b]", "4:4 table 'b' is already defined on line 1"),
            InvalidCase(
                "[a.b]\n[a]\nb.c = 1",
                "3:1 a dotted key cannot add to table 'b', which has its own header on line 1"),
            InvalidCase(
                "[a.b.c]\n[a]\nb.c.d = 1",
                "3:3 a dotted key cannot add to table 'c', which has its own header on line 1"),

            InvalidCase("a = {}\n[a]", "2:2 the inline table 'a' on line 1 cannot be extended"),
            InvalidCase("a = {b = {}}\n[a.b]", "2:2 the inline table 'a' on line 1 cannot be extended"),
            InvalidCase("a = {}\na.b = 1", "2:1 the inline table 'a' on line 1 cannot be extended"),
            InvalidCase("a.b = {}\na.b.c = 1", "2:3 the inline table 'b' on line 1 cannot be extended"),
            InvalidCase("a = {b.c = 1}\na.b.d = 1", "2:1 the inline table 'a' on line 1 cannot be extended"),

            InvalidCase("a = []\n[[a]]", "2:3 key 'a' is already defined on line 1"),
            InvalidCase("a = [{}]\n[[a]]", "2:3 key 'a' is already defined on line 1"),
            InvalidCase("a = [{}]\n[a.b]", "2:2 key 'a' is not a table: line 1 defines it as an array"),
            InvalidCase("[[a]]\n[a]", "2:2 key 'a' is an array of tables, defined on line 1"),
            InvalidCase("[a]\n[[a]]", "2:3 table 'a' is already defined on line 1"),
            InvalidCase("[a.b]\n[[a]]", "2:3 table 'a' is already defined on line 1"),
            InvalidCase("a.b = 1\n[[a]]", "2:3 table 'a' is already defined on line 1"),
            InvalidCase("[[a.b]]\n[a]\nb.c = 1", "3:1 key 'b' is an array of tables, defined on line 1"),
            InvalidCase("[[a.b]]\n[a]\nb = 1", "3:1 key 'b' is already defined on line 1"),
            InvalidCase("[[a]]\n[a.b]\n[a.b]", "3:4 table 'b' is already defined on line 2"),
        ] + tablesOfManySizes

    /// Duplicate keys in tables that are searched linearly, and in larger ones.
    private static let tablesOfManySizes = (1...40).flatMap { size in
        let pairs = (1...size).map { "k\($0) = 1\n" }.joined()
        return [
            InvalidCase(pairs + "k1 = 2", "\(size + 1):1 key 'k1' is already defined on line 1"),
            InvalidCase(pairs + "k\(size) = 2", "\(size + 1):1 key 'k\(size)' is already defined on line \(size)"),
        ]
    }
}
