// SPDX-License-Identifier: Apache-2.0

/// Brackets and braces: sections "Array", "Table" and "Inline Table".
extension InvalidCase {
    static let structure: [InvalidCase] = [
        InvalidCase("a = [", "1:5 an array has no closing bracket"),
        InvalidCase("a = [1,\n", "1:5 an array has no closing bracket"),
        InvalidCase("a = [1, # ]", "1:5 an array has no closing bracket"),
        InvalidCase("a = [1", "1:5 an array has no closing bracket"),
        InvalidCase("a = [,]", "1:6 expected a value, found ','"),
        InvalidCase("a = [1,,]", "1:8 expected a value, found ','"),
        InvalidCase("a = [1 2]", "1:8 expected a comma or a closing bracket, found '2'"),
        InvalidCase("a = [1\n2]", "2:1 expected a comma or a closing bracket, found '2'"),
        InvalidCase("a = [1}", "1:7 expected a comma or a closing bracket, found '}'"),
        InvalidCase("a = [1]]", "1:8 expected the end of the line, found ']'"),
        InvalidCase("a = [b = 1]", "1:6 'b' is not a value (a string needs quotes)"),

        InvalidCase("[", "1:2 expected a key, found the end of the file"),
        InvalidCase("[]", "1:2 expected a key, found ']'"),
        InvalidCase("[a", "1:3 expected the closing bracket of a header, found the end of the file"),
        InvalidCase("[a\n]", "1:3 expected the closing bracket of a header, found the end of the line"),
        InvalidCase("[a.]", "1:4 expected a key, found ']'"),
        InvalidCase("[a..b]", "1:4 expected a key, found '.'"),
        InvalidCase("[.a]", "1:2 expected a key, found '.'"),
        InvalidCase("[a b]", "1:4 expected the closing bracket of a header, found 'b'"),
        InvalidCase("[a] b = 1", "1:5 expected the end of the line, found 'b'"),
        InvalidCase("[a]]", "1:4 expected the end of the line, found ']'"),
        InvalidCase("[[a]", "1:5 expected the closing bracket of a header, found the end of the file"),
        InvalidCase("[[a] ]", "1:5 expected the closing bracket of a header, found ' '"),
        InvalidCase("[ [a]]", "1:3 expected a key, found '['"),
        InvalidCase("[[]]", "1:3 expected a key, found ']'"),
        InvalidCase("['''a''']", "1:2 a key cannot be a multi-line string"),

        InvalidCase("a = {,}", "1:6 expected a key, found ','"),
        InvalidCase("a = {b = 1,, c = 2}", "1:12 expected a key, found ','"),
        InvalidCase("a = {b = 1 c = 2}", "1:12 expected a comma or a closing brace, found 'c'"),
        InvalidCase("a = {b}", "1:7 expected an equals sign, found '}'"),
        InvalidCase("a = {b = }", "1:10 expected a value, found '}'"),
        InvalidCase("a = {b = 1]", "1:11 expected a comma or a closing brace, found ']'"),
    ]
}
