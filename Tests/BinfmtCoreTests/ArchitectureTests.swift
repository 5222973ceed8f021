// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Checks docs/architecture.md against the source tree.
@Suite struct ArchitectureTests {
    /// The directories of each module that the page lists, in its order.
    private static func ladders() throws -> [(module: String, directories: [String])] {
        let page = try String(contentsOf: Fixtures.repository.appending(path: "docs/architecture.md"), encoding: .utf8)
        var ladders: [(module: String, directories: [String])] = []
        for line in page.split(separator: "\n") {
            let name = line.drop { $0 != "`" }.dropFirst().prefix { $0 != "`" }
            if line.hasPrefix("`Sources/") {
                ladders.append((String(name.dropFirst("Sources/".count)), []))
            } else if line.hasPrefix("- `"), !ladders.isEmpty {
                ladders[ladders.count - 1].directories.append(String(name))
            }
        }
        return ladders
    }

    /// Report B19: no release of another project enters the daemon unreviewed.
    @Test func everyDependencyIsPinned() throws {
        let manifest = try String(contentsOf: Fixtures.repository.appending(path: "Package.swift"), encoding: .utf8)
        let packages = manifest.split(separator: "\n").filter { $0.contains(".package(url:") }
        #expect(!packages.isEmpty && packages.allSatisfy { $0.contains(", exact: \"") }, "\(packages)")
    }

    private static func url(_ module: String) -> URL { Fixtures.repository.appending(path: "Sources/\(module)") }

    @Test func thePageNamesEveryDirectory() throws {
        let manager = FileManager.default
        let ladders = try Self.ladders()
        let modules = try manager.contentsOfDirectory(atPath: Self.url("").path()).sorted()
        #expect(Set(modules).subtracting(ladders.map(\.module)) == ["CStatic", "CSystemd"])
        #expect(ladders.flatMap(\.directories).count > 40)
        for (module, directories) in ladders where module != "CLinux" {
            let there = try manager.contentsOfDirectory(atPath: Self.url(module).path()).filter { name in
                var isDirectory: ObjCBool = false
                _ = manager.fileExists(atPath: Self.url(module).appending(path: name).path(), isDirectory: &isDirectory)
                return isDirectory.boolValue && !name.hasSuffix(".docc")
            }
            #expect(there.sorted() == directories.sorted(), "\(module)")
        }
    }

    @Test func noDirectoryHasTooManyFiles() throws {
        for (module, directories) in try Self.ladders() {
            for directory in directories {
                let count = try Self.sources(module, directory).count
                #expect((1...13).contains(count), "\(module)/\(directory) has \(count) files")
            }
        }
    }

    /// A directory uses no type of a directory that is below it in the list.
    @Test func eachModuleIsALadder() throws {
        for (module, directories) in try Self.ladders() {
            var homes: [String: Int] = [:]
            var words: [(file: String, place: Int, words: Set<String>)] = []
            for (place, directory) in directories.enumerated() {
                for (file, text) in try Self.sources(module, directory) {
                    for type in Self.declaredTypes(text) { homes[type] = place }
                    words.append(("\(directory)/\(file)", place, Self.usedTypes(text)))
                }
            }
            for (file, place, words) in words {
                let wrong = words.filter { homes[$0, default: -1] > place }.map {
                    "\($0) of \(directories[homes[$0] ?? 0])"
                }
                #expect(wrong.isEmpty, "\(module)/\(file) uses \(wrong.sorted().joined(separator: ", "))")
            }
        }
    }

    /// Each member that the page names, as `Type.member` or as `Directory/Type.swift`, `member`, is declared there.
    @Test func whatThePageNamesExists() throws {
        let page = try String(contentsOf: Fixtures.repository.appending(path: "docs/architecture.md"), encoding: .utf8)
        let members = page.matches(of: /`([A-Z]\w*)\.([a-z]\w*)[(`]/).map { (String($0.1), String($0.2)) }
        let places = page.matches(of: /\/([\w+]+)\.swift`, `(\w+)`/).map { (String($0.1), String($0.2)) }
        #expect(members.count > 10 && places.count > 3)
        let files = try FileManager.default.subpathsOfDirectory(atPath: Self.url("").path())
        for (type, member) in members + places {
            let texts = try files.filter { $0.hasSuffix("/\(type).swift") || $0.contains("/\(type)+") }.map {
                try String(contentsOf: Self.url("").appending(path: $0), encoding: .utf8)
            }
            let declarations = ["func", "var", "let", "case"].map { "\($0) \(member)" }
            let isThere = texts.contains { text in declarations.contains(where: text.contains) }
            #expect(isThere, "\(type) has no \(member)")
        }
        for file in page.matches(of: /`([\w+\/]+\.swift)`/).map(\.1) {
            #expect(files.contains { $0.hasSuffix(file) }, "\(file)")
        }
    }

    private static func sources(_ module: String, _ directory: String) throws -> [(name: String, text: String)] {
        let folder = url(module).appending(path: directory)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".swift") }.map
        {
            ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
        }
    }

    private static let keywords: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias"]

    /// The types that a file declares for other files: those that begin a line and are not private.
    private static func declaredTypes(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            if line.first?.isWhitespace != false || line.hasPrefix("//") || line.hasPrefix("private") { return nil }
            let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
            guard let place = words.firstIndex(where: keywords.contains), place + 1 < words.count else { return nil }
            return String(words[place + 1])
        }
    }

    /// The words of a file's code that could be types, except those after a dot, which are nested in another type.
    private static func usedTypes(_ text: String) -> Set<String> {
        var types: Set<String> = []
        for line in text.split(separator: "\n") where !line.drop(while: \.isWhitespace).hasPrefix("//") {
            var isInString = false
            var word = ""
            var before: Character = " "
            var start: Character = " "
            for character in line + " " {
                if character == "\"", before != "\\" { isInString.toggle() }
                if !isInString, character.isLetter || character.isNumber || character == "_" {
                    if word.isEmpty { start = before }
                    word.append(character)
                } else {
                    if word.first?.isUppercase == true, start != "." { types.insert(word) }
                    word = ""
                }
                before = character
            }
        }
        return types
    }
}
