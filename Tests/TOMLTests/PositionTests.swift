// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import Testing

@Suite struct PositionTests {
    /// A file, and its tree with the position of each key and value.
    @Test(arguments: [
        ("a = 1", "{a@1:1 = an integer@1:5}"),
        ("\u{FEFF}a = 1", "{a@1:1 = an integer@1:5}"),
        ("\ta\t=\ttrue", "{a@1:2 = a boolean@1:6}"),
        ("# \u{E9}\r\n\r\na = 1.5", "{a@3:1 = a float@3:5}"),
        ("'\u{E9}\u{1F600}' = 1", "{\u{E9}\u{1F600}@1:1 = an integer@1:8}"),
        ("a = ['\u{1F600}', 'e\u{301}', 3]", "{a@1:1 = [a string@1:6, a string@1:11, an integer@1:17]@1:5}"),
        ("a = '''\n\u{E9}\r\n\u{E9}'''\nb = ''", "{a@1:1 = a string@1:5, b@4:1 = a string@4:5}"),
        ("a = [\"\"\"\u{E9}\n\u{E9}\\\n \"\"\", 1]", "{a@1:1 = [a string@1:6, an integer@3:7]@1:5}"),
        ("a = [ # \u{E9}\n 1979-05-27,\n00:00:00 ]", "{a@1:1 = [a local date@2:2, a local time@3:1]@1:5}"),
        ("a = {b = 1, c.d = 2}", "{a@1:1 = {b@1:6 = an integer@1:10, c@1:13 = {d@1:15 = an integer@1:19}@1:13}@1:5}"),
        ("a = { # \u{E9}\n b = 1,\n}\nc = 07:32", "{a@1:1 = {b@2:2 = an integer@2:6}@1:5, c@4:1 = a local time@4:5}"),
        ("a . b = 1\na.c = 1", "{a@1:1 = {b@1:5 = an integer@1:9, c@2:3 = an integer@2:7}@1:1}"),
        (" [ a.b ]\n[a]", "{a@1:4 = {b@1:6 = {}@1:2}@2:1}"),
        ("[a.b]\n[c]", "{a@1:2 = {b@1:4 = {}@1:1}@1:2, c@2:2 = {}@2:1}"),
        ("[[a]]\n [[a]]\nb=1", "{a@1:3 = [{}@1:1, {b@3:1 = an integer@3:3}@2:2]@1:1}"),
    ])
    func areThoseOfTheFirstCharacter(toml: String, tree: String) throws {
        #expect(dumpPositions(try TOMLDocument(parsing: Array(toml.utf8)).table) == tree)
    }

    @Test func areOrderedAsInTheFile() {
        #expect(SourcePosition(line: 1, column: 9) < SourcePosition(line: 2, column: 1))
        #expect(SourcePosition(line: 2, column: 1) < SourcePosition(line: 2, column: 2))
    }
}
