// SPDX-License-Identifier: Apache-2.0

/// What stands in brackets and braces: sections "Array", "Table" and "Inline Table".
extension InvalidCase {
    static let structure: [InvalidCase] = [
        InvalidCase("a = [", "1:5 an array has no closing bracket"),
        InvalidCase("a = [1,\n", "1:5 an array has no closing bracket"),
        InvalidCase("a = [1, # ]", "1:5 an array has no closing bracket"),
        InvalidCase("a = [1", "1:5 an array has no closing bracket"),
        InvalidCase("a = [,]", "1:6 ',' stands where a value belongs"),
        InvalidCase("a = [1,,]", "1:8 ',' stands where a value belongs"),
        InvalidCase("a = [1 2]", "1:8 '2' stands where a comma or a closing bracket belongs"),
        InvalidCase("a = [1\n2]", "2:1 '2' stands where a comma or a closing bracket belongs"),
        InvalidCase("a = [1}", "1:7 '}' stands where a comma or a closing bracket belongs"),
        InvalidCase("a = [1]]", "1:8 ']' stands where the end of the line belongs"),
        InvalidCase("a = [b = 1]", "1:6 'b' is no value (a string needs quotes)"),

        InvalidCase("[", "1:2 the end of the file stands where a key belongs"),
        InvalidCase("[]", "1:2 ']' stands where a key belongs"),
        InvalidCase("[a", "1:3 the end of the file stands where the closing bracket of a header belongs"),
        InvalidCase("[a\n]", "1:3 the end of the line stands where the closing bracket of a header belongs"),
        InvalidCase("[a.]", "1:4 ']' stands where a key belongs"),
        InvalidCase("[a..b]", "1:4 '.' stands where a key belongs"),
        InvalidCase("[.a]", "1:2 '.' stands where a key belongs"),
        InvalidCase("[a b]", "1:4 'b' stands where the closing bracket of a header belongs"),
        InvalidCase("[a] b = 1", "1:5 'b' stands where the end of the line belongs"),
        InvalidCase("[a]]", "1:4 ']' stands where the end of the line belongs"),
        InvalidCase("[[a]", "1:5 the end of the file stands where the closing bracket of a header belongs"),
        InvalidCase("[[a] ]", "1:5 ' ' stands where the closing bracket of a header belongs"),
        InvalidCase("[ [a]]", "1:3 '[' stands where a key belongs"),
        InvalidCase("[[]]", "1:3 ']' stands where a key belongs"),
        InvalidCase("['''a''']", "1:2 a key cannot be a multi-line string"),

        InvalidCase("a = {", "1:6 the end of the file stands where a key belongs"),
        InvalidCase("a = {b = 1", "1:11 the end of the file stands where a comma or a closing brace belongs"),
        InvalidCase("a = {b = 1,}", "1:11 an inline table takes no comma after its last pair"),
        InvalidCase("a = {b = 1, }", "1:11 an inline table takes no comma after its last pair"),
        InvalidCase("a = {,}", "1:6 ',' stands where a key belongs"),
        InvalidCase("a = {b = 1,, c = 2}", "1:12 ',' stands where a key belongs"),
        InvalidCase("a = {b = 1 c = 2}", "1:12 'c' stands where a comma or a closing brace belongs"),
        InvalidCase("a = {\n}", "1:6 an inline table must end in the line in which it begins"),
        InvalidCase("a = {b = 1\r\n}", "1:11 an inline table must end in the line in which it begins"),
        InvalidCase("a = {b = 1,\nc = 2}", "1:12 an inline table must end in the line in which it begins"),
        InvalidCase("a = {b = 1 # c\n}", "1:12 '#' stands where a comma or a closing brace belongs"),
        InvalidCase("a = {b}", "1:7 '}' stands where an equals sign belongs"),
        InvalidCase("a = {b = }", "1:10 '}' stands where a value belongs"),
        InvalidCase("a = {b = 1]", "1:11 ']' stands where a comma or a closing brace belongs"),
    ]
}
