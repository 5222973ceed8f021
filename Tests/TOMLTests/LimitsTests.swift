// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import Testing

/// Each limit, exactly reached and just exceeded.
@Suite struct LimitsTests {
    /// The error of a file, nil if there is none; the recovering reader must report the same one.
    private func complaint(_ toml: String) -> String? {
        let recovered = TOMLDocument(recovering: Array(toml.utf8))
        do {
            _ = try TOMLDocument(parsing: Array(toml.utf8))
            #expect(recovered.errors.isEmpty)
            return nil
        } catch {
            #expect(recovered.errors.first == error)
            return dump(error)
        }
    }

    private func path(_ count: Int) -> String { repeatElement("a", count: count).joined(separator: ".") }

    private func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    @Test func fileSize() {
        let limit = TOMLLimits.standard.fileSize
        #expect(complaint("#" + times("x", limit - 1)) == nil)
        #expect(
            complaint("#" + times("x", limit)) == "1:1 the file is 1048577 bytes long; the limit is 1048576")
        let beyond = TOMLDocument(recovering: [UInt8](repeating: 0x0A, count: limit + 1))
        #expect(dump(beyond.table) == "!{}")
    }

    @Test func nestingOfArrays() {
        let limit = TOMLLimits.standard.nesting
        let tooDeep = "arrays and inline tables are nested more than 64 levels deep"
        #expect(complaint("a = " + times("[", limit) + times("]", limit)) == nil)
        #expect(complaint("a = " + times("[", limit + 1) + times("]", limit + 1)) == "1:69 \(tooDeep)")
        #expect(complaint("a = " + times("[{a=", limit / 2) + "1" + times("}]", limit / 2)) == nil)
        #expect(complaint("a = " + times("[{a=", limit / 2) + "[]" + times("}]", limit / 2)) == "1:133 \(tooDeep)")
    }

    @Test func nestingOfDottedKeysInInlineTables() {
        let tooDeep = "arrays and inline tables are nested more than 64 levels deep"
        #expect(complaint("a = {\(path(64)) = 1}") == nil)
        #expect(complaint("a = {\(path(63)) = []}") == nil)
        #expect(complaint("a = {\(path(64)) = []}") == "1:136 \(tooDeep)")
        #expect(complaint("a = [{\(path(64)) = 1}]") == "1:7 \(tooDeep)")
    }

    @Test func partsOfKeys() {
        let tooLong = "a key has more than 64 parts"
        #expect(complaint("\(path(64)) = 1") == nil)
        #expect(complaint("\(path(65)) = 1") == "1:129 \(tooLong)")
        #expect(complaint("[\(path(64))]") == nil)
        #expect(complaint("[\(path(65))]") == "1:130 \(tooLong)")
        #expect(complaint("[[\(path(64))]]") == nil)
        #expect(complaint("[[\(path(65))]]") == "1:131 \(tooLong)")
    }

    /// The deepest possible tree, which is built, copied, dumped and freed by recursion.
    @Test func depthOfTheTree() throws {
        let headers = (1...64).map { "[[\(path($0))]]\n" }.joined()
        let toml = headers + "\(path(63)).b = " + times("[", 64) + times("]", 64)
        let deepest = dump(try TOMLDocument(parsing: Array(toml.utf8)).table)
        #expect(deepest.utf8.filter { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }.count == 256)
    }

    /// Large input of each repetitive kind. With linear time the test ends at once; with quadratic time it takes
    /// minutes.
    @Test(arguments: [
        "[", "[\n", "[[", "{", "x=[\n", "x [\n", "[a]\nx=[1\n", "a.", "a=1\n", "[a]\n", "[[a]]\n", "[[a.b.c]]\n", "'",
        "\"",
        "\\\"\"\"\n", "'''\n", "\"\"\"\\\n", "#\n", "\n", "\u{E9}\n", "x={\n", "]\n", "\t", "x=!\n",
    ])
    func repetition(_ unit: String) {
        for prefix in ["", "x = ", "x = [", "x = \"\"\"", "!\n", "x = [\n[[\n"] {
            let text = prefix + times(unit, TOMLLimits.standard.fileSize / 16 / unit.utf8.count)
            let document = TOMLDocument(recovering: Array(text.utf8))
            #expect(document.errors.count <= TOMLLimits.standard.errors)
        }
    }

    /// Canonically equivalent spellings of one name are different keys, and as fast to distinguish.
    @Test func equivalentKeys() throws {
        let names = (0..<4096).map { number in
            (0..<12).map { number >> $0 & 1 == 0 ? "\u{E9}" : "e\u{301}" }.joined()
        }
        let toml = names.map { "'\($0)' = 1\n" }.joined()
        #expect(try TOMLDocument(parsing: Array(toml.utf8)).table.count == names.count)
    }
}

/// Other limits than the standard ones.
@Suite struct OtherLimitsTests {
    @Test func replaceTheStandard() {
        let limits = TOMLLimits(fileSize: 20, nesting: 2, keyParts: 2, errors: 2)
        for (toml, complaint) in [
            ("a.b = [[]]", nil), ("a.b.c = 1", "1:5 a key has more than 2 parts"),
            ("a = [[[]]]", "1:7 arrays and inline tables are nested more than 2 levels deep"),
            ("a = 1 # 456789012345", nil), ("a = 1 # 4567890123456", "1:1 the file is 21 bytes long; the limit is 20"),
        ] {
            #expect(TOMLDocument(recovering: toml, limits: limits).errors.first.map { dump($0) } == complaint)
        }
        #expect(TOMLDocument(recovering: "a = ?\nb = ?\nc = ?", limits: limits).errors.count == 2)
    }

    /// A limit beyond what the reader can bear is the largest possible.
    @Test func areBounded() {
        var limits = TOMLLimits(fileSize: .max, nesting: .max, keyParts: .max, errors: .min)
        #expect(limits == TOMLLimits(fileSize: Int(Int32.max), nesting: 256, keyParts: 256, errors: 1))
        limits.nesting = -1
        limits.keyParts = 0
        #expect(limits.nesting == 0 && limits.keyParts == 1)
        let deep = "a = " + String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
        limits.nesting = 1000
        #expect(TOMLDocument(recovering: deep, limits: limits).errors.isEmpty)
    }
}
