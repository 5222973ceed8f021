// SPDX-License-Identifier: Apache-2.0

/// Sections "Array", "Table", "Inline Table" and "Array of Tables".
extension ValidCase {
    static let structure: [ValidCase] = [
        ValidCase("an empty array", "a = []\nb = [ # c\n\n]", "{a = [], b = []}"),
        ValidCase(
            "values of several types", #"a = [1, "x", [true], {b = 1.5}]"#, #"{a = [1, "x", [true], {b = 1.5}]}"#),
        ValidCase("a comma at the end", "a = [1,]\nb = [1, ]", "{a = [1], b = [1]}"),
        ValidCase(
            "line ends and comments in an array", "a = [ # one\n 1 # two\n , # three\r\n\n 2 # four\n]", "{a = [1, 2]}"),
        ValidCase("the other bracket in a comment", "a = [ 1, # ]\n 2 ]", "{a = [1, 2]}"),

        ValidCase("tables", "[a]\nx = 1\n[b]\ny = 2", "{a = {x = 1}, b = {y = 2}}"),
        ValidCase("an empty table", "[a]", "{a = {}}"),
        ValidCase("blanks in a header", " [ a . 'b' ] # c", "{a = {b = {}}}"),
        ValidCase("an empty name", "['']\n[a.\"\"]", #"{"" = {}, a = {"" = {}}}"#),
        ValidCase("a super-table need not be there", "[a.b.c]", "{a = {b = {c = {}}}}"),
        ValidCase("a super-table may follow", "[a.b]\n[a]\nx = 1", "{a = {b = {}, x = 1}}"),
        ValidCase("tables out of order", "[a.b]\n[c]\n[a.d]", "{a = {b = {}, d = {}}, c = {}}"),
        ValidCase("the root's pairs come first", "x = 1\n[a]\nx = 2", "{x = 1, a = {x = 2}}"),
        ValidCase("a header in a table of a dotted key", "[a]\nb.x = 1\n[a.b.c]", "{a = {b = {x = 1, c = {}}}}"),
        ValidCase("a dotted key through a super-table", "[a.b.c]\n[a]\nb.x = 1", "{a = {b = {c = {}, x = 1}}}"),

        ValidCase(
            "inline tables", "a = {}\nb = { }\nc = {x = 1, y.z = 2}", "{a = {}, b = {}, c = {x = 1, y = {z = 2}}}"),
        ValidCase("dotted keys in an inline table", "a = {b.x = 1, b.y = 2}", "{a = {b = {x = 1, y = 2}}}"),
        ValidCase("an inline table in another", "a = {b = {c = {}}}", "{a = {b = {c = {}}}}"),
        ValidCase("an array of lines in an inline table", "a = {b = [\n1,\n]}", "{a = {b = [1]}}"),
        ValidCase("a string of lines in an inline table", "a = {b = \"\"\"\nx\n\"\"\"}", #"{a = {b = "x<a>"}}"#),

        ValidCase("an array of tables", "[[a]]\nx = 1\n[[a]]\n[[a]]\nx = 2", "{a = [{x = 1}, {}, {x = 2}]}"),
        ValidCase("a table in its last element", "[[a]]\n[[a]]\n[a.b]\nx = 1", "{a = [{}, {b = {x = 1}}]}"),
        ValidCase("one such table an element", "[[a]]\n[a.b]\n[[a]]\n[a.b]", "{a = [{b = {}}, {b = {}}]}"),
        ValidCase(
            "an array in an array", "[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]", "{a = [{b = [{}, {}]}, {b = [{}]}]}"),
        ValidCase("an array of tables in a table", "[a]\n[[a.b]]", "{a = {b = [{}]}}"),
        ValidCase("an array of tables in a super-table", "[[a.b]]\n[a]\nx = 1", "{a = {b = [{}], x = 1}}"),
        ValidCase("blanks in its header", "[[ a . b ]]", "{a = {b = [{}]}}"),
    ]
}
