// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import LocatedTOML
import TestSupport
import Testing

@testable import BinfmtCore

/// schema/binfmtd.toml.schema.json describes what the reader reads and what the manual explains.
@Suite struct ConfigSchemaTests {
    private let schema: JSONSchema

    init() throws { schema = try JSONSchema(published: "binfmtd.toml.schema.json") }

    /// The members of a table in the schema.
    private func properties(_ path: [String]) -> [String: JSONValue] {
        path.reduce(schema.keyword("properties")) { $0?[$1] }?.object ?? [:]
    }

    private static let daemon = ["daemon", "properties"]
    private static let qemu = ["qemu", "properties"]
    private static let target = qemu + ["target", "additionalProperties", "properties"]
    private static let entry = ["entry", "additionalProperties", "properties"]

    /// The keys that a reader asks for.
    private func keys(_ read: (inout TableReader) -> Void) throws -> Set<String> {
        let table = try TOMLDocument(parsing: []).table
        var reader = TableReader(table, file: "/f", source: [], entry: "x", after: IssueList())
        read(&reader)
        return Set(reader.knownKeys)
    }

    @Test func hasTheKeysOfTheReader() throws {
        #expect(try keys { _ = DaemonSettings(&$0) } == Set(properties(Self.daemon).keys))
        let qemu = try keys { _ = QemuSettings(&$0) }
        #expect(qemu == Set(properties(Self.qemu).keys))
        let key = try #require(try TOMLDocument(parsing: Array("x = {}".utf8)).table.first).key
        #expect(try keys { _ = EntryDeclaration(key, &$0) } == Set(properties(Self.entry).keys))
        #expect(
            qemu.subtracting(["targets", "except", "target"]).union(["enabled"]) == Set(properties(Self.target).keys))
        #expect(schema.keyword("properties")?.object?.keys.sorted() == ["daemon", "entry", "qemu"])
    }

    /// The lists of keys in man/binfmtd.toml.5, under the headings of the tables.
    @Test func hasTheKeysOfTheManual() throws {
        let page = try String(
            contentsOf: Fixtures.repository.appending(path: "man/binfmtd.toml.5"), encoding: .utf8)
        for (heading, path) in [("[daemon]", Self.daemon), ("[qemu]", Self.qemu), ("[entry.NAME]", Self.entry)] {
            let section = try #require(page.components(separatedBy: ".Ss \(heading)\n").dropFirst().first)
            let items = section.prefix(through: try #require(section.range(of: "\n.El\n")).lowerBound)
                .split(separator: "\n").filter { $0.hasPrefix(".It Li ") }.map { $0.dropFirst(".It Li ".count) }
            let names = items.flatMap { item -> [String] in
                if item.hasPrefix("[qemu.target.") { return ["target"] }
                return item.components(separatedBy: " = ")[0].components(separatedBy: " , ")
            }
            #expect(Set(names) == Set(properties(path).keys), "\(heading)")
            for item in items where item.contains(" = ") {
                let (name, value) = (item.components(separatedBy: " = ")[0], item.components(separatedBy: " = ")[1])
                let text = value.replacing("\\(dq", with: "\"").replacing("\\-", with: "-")
                let table = try TOMLDocument(parsing: Array("value = \(text)".utf8)).table
                #expect(properties(path)[name]?["default"] == JSONValue(table)["value"], "\(name)")
            }
        }
    }

    /// An editor shows these.
    @Test func describesEveryKey() throws {
        for path in [Self.daemon, Self.qemu, Self.target, Self.entry] {
            for (name, key) in properties(path) {
                #expect((key["description"]?.string ?? "").count > 15, "\(name) has no description")
                let isObvious = key["type"] == .string("boolean") || key["enum"] != nil || name == "target"
                #expect(isObvious || key["default"] != nil || key["examples"] != nil, "\(name) has no example")
            }
        }
        let examples = properties(Self.entry)
        for name in ["magic", "mask", "extension", "preset"] {
            for example in examples[name]?["examples"]?.array ?? [] {
                let text = try #require(example.string)
                let isValid =
                    switch name {
                    case "extension": (try? FilenameExtension(declaring: text)) != nil
                    case "preset": Preset.named(text) != nil
                    default: (try? MagicText.bytes(text)) != nil
                    }
                #expect(isValid, "\(text)")
            }
        }
    }

    /// The lists of names that it repeats.
    @Test func hasTheNamesOfTargetsAndPresets() throws {
        let targets = Set(QemuTarget.allNames)
        func names(_ schema: JSONValue?, _ alternative: Int) -> Set<String> {
            Set((schema?["anyOf"]?.array?[alternative]["enum"]?.array ?? []).compactMap(\.string))
        }
        let qemu = properties(Self.qemu)
        let places = [
            qemu["targets"]?["anyOf"]?.array?[1], qemu["targets"]?["anyOf"]?.array?[2]["items"],
            qemu["except"]?["anyOf"]?.array?[0], qemu["except"]?["anyOf"]?.array?[1]["items"],
            qemu["target"]?["propertyNames"],
        ]
        for place in places {
            #expect(names(place, 0).symmetricDifference(targets) == [])
        }
        let presets = Set(Preset.allNames.filter { !$0.hasPrefix("qemu-") && !$0.hasPrefix("elf-") })
        #expect(names(properties(Self.entry)["preset"], 0) == presets)
    }

    // MARK: - Agreement with the reader

    /// The cases of a file in Tests/Fixtures/schema, by their headings.
    private static func cases(_ name: String) throws -> [(name: String, text: String)] {
        try Fixtures.text("schema/\(name).toml").components(separatedBy: "\n## ").dropFirst().map { part in
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(lines[0]), lines.count > 1 ? String(lines[1]) : "")
        }
    }

    private func problems(_ text: String) -> [String] {
        schema.problems(JSONValue(TOMLDocument(recovering: Array(text.utf8)).table))
    }

    private func issues(_ text: String) -> [BinfmtCore.Issue] {
        ConfigFile(path: "/binfmtd.toml", text: Array(text.utf8)).issues.filter { $0.severity == .error }
    }

    @Test func acceptsTheValidCases() throws {
        for (name, text) in try Self.cases("valid") {
            #expect(problems(text) == [], "\(name)")
            #expect(issues(text) == [], "\(name)")
        }
    }

    @Test func refusesEachMistake() throws {
        for (name, text) in try Self.cases("invalid") {
            #expect(TOMLDocument(recovering: Array(text.utf8)).errors.isEmpty, "\(name)")
            #expect(!problems(text).isEmpty, "\(name)")
            #expect(!issues(text).isEmpty, "\(name)")
        }
    }

    /// No file that the reader takes is wrong in an editor: those of all fixtures, and random changes of them.
    @Test func acceptsWhatTheReaderAccepts() throws {
        var random = SeededGenerator(seed: 19)
        let enumerator = FileManager.default.enumerator(
            at: Fixtures.directory.appending(path: "configuration"), includingPropertiesForKeys: nil)
        let files = (enumerator?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.pathExtension == "toml" }
        #expect(files.count > 20)
        let texts =
            files.compactMap { try? String(contentsOf: $0, encoding: .utf8) }
            + (try Self.cases("valid").map(\.text)) + (try Self.cases("invalid").map(\.text))
        for text in texts {
            for _ in 0..<20 {
                let lines = text.split(separator: "\n").filter { _ in Int.random(in: 0..<6, using: &random) > 0 }
                let mutant = lines.joined(separator: "\n")
                let document = TOMLDocument(recovering: Array(mutant.utf8))
                guard document.errors.isEmpty, issues(mutant).isEmpty else { continue }
                #expect(problems(mutant) == [], "\(mutant)")
            }
        }
    }

    // MARK: - Its place

    @Test func isInstalledBesideThePrograms() {
        let name = "binfmtd/binfmtd.toml.schema.json"
        for (program, path) in [
            ("/usr/bin/binfmtctl", "/usr/share/\(name)"), ("/usr/local/bin/binfmtctl", "/usr/local/share/\(name)"),
            ("/opt/a b/bin/binfmtctl", "/opt/a b/share/\(name)"), ("/src/.build/debug/binfmtctl", "/usr/share/\(name)"),
            ("/bin/binfmtctl", "/share/\(name)"),
        ] {
            #expect(ConfigSchema.installed(with: FilePath(program)).string == path)
        }
    }
}
