// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML
import Testing

@testable import BinfmtCore

/// A file of mistakes is reported in a few lines, and costs no more than to read it. (Report B13: a file of `:` lines gave
/// 524,000 messages, a log of 100 MB; the hints at 20,000 unknown names took 6 s.)
@Suite struct IssueLimitTests {
    struct Mistakes: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let count: Int
        let severity: BinfmtCore.Issue.Severity
        let configuration: @Sendable () -> Configuration
    }

    static let count = 1000

    private static func toml(
        _ what: String, _ beginning: String, _ line: @escaping @Sendable (Int) -> String
    ) -> Mistakes {
        Mistakes(testDescription: what, count: count, severity: .error) {
            let text = beginning + (0..<count).map(line).joined()
            return Configuration(files: [ConfigFile(path: "/etc/binfmtd/binfmtd.toml", text: Array(text.utf8))])
        }
    }

    static let mistakes = [
        toml("unknown presets", "") { "[entry.e\($0)]\npreset = \"nothing\($0)\"\n" },
        toml("unknown targets", "[qemu]\nexcept = [\n") { "'nothing\($0)'\($0 < count - 1 ? "," : "]")\n" },
        toml("tables of unknown targets", "") { "[qemu.target.nothing\($0)]\n" },
        toml("unknown keys", "[qemu]\n") { "key\($0) = 1\n" },
        toml("unknown keys of an entry", "[entry.e]\nextension = 'e'\ninterpreter = '/e'\n") { "key\($0) = 1\n" },
        toml("unknown tables", "") { "[table\($0)]\n" },
        toml("entries that are no tables", "[entry]\n") { "e\($0) = 1\n" },
        toml("entries without anything", "") { "[entry.e\($0)]\n" },
        Mistakes(testDescription: "lines of binfmt.d", count: count, severity: .error) {
            let text = String(repeating: ":\n", count: count)
            return Configuration(
                files: [], binfmtD: [BinfmtDFile(path: "/etc/binfmt.d/x.conf", text: Array(text.utf8))])
        },
        Mistakes(testDescription: "keys of /usr/share/binfmts", count: count, severity: .warning) {
            let keys = (0..<count).map { "key\($0) x\n" }.joined()
            let text = "interpreter /bin/true\nextension e\n" + keys
            let file = BinfmtsFile(path: "/usr/share/binfmts/x", text: Array(text.utf8), hasRunDetectors: true)
            return Configuration(files: [], binfmts: [file])
        },
        Mistakes(testDescription: "the same pattern", count: count - 1, severity: .warning) {
            let lines = (0..<count).map { ":e\($0):E::e::/bin/true:\n" }.joined()
            return Configuration(
                files: [], binfmtD: [BinfmtDFile(path: "/etc/binfmt.d/x.conf", text: Array(lines.utf8))])
        },
    ]

    @Test(arguments: mistakes)
    func allAreCountedAndFewListed(_ mistakes: Mistakes) throws {
        let issues = mistakes.configuration().issues
        #expect(issues.count(mistakes.severity) == mistakes.count)
        #expect(issues.count == IssueList.limit + 1)
        let last = try #require(issues.last)
        let unlisted = mistakes.count - IssueList.limit
        #expect(last.kind == .unlisted)
        #expect(last.message == "\(unlisted) more \(mistakes.severity.rawValue)s are not listed")
        #expect(Set(issues.map(\.description)).count == issues.count)
    }

    /// Each file has its own limit, whichever part of the configuration finds the mistakes.
    @Test func theLimitIsThatOfAFile() {
        let lines = (0..<100).map { ":e\($0):E::e::/bin/true:\n" }.joined() + String(repeating: ":\n", count: 100)
        let files = ["/a.conf", "/b.conf"].map { BinfmtDFile(path: $0, text: Array(lines.utf8)) }
        let issues = Configuration(files: [], binfmtD: files).issues
        for file in files {
            let itsIssues = issues.filter { $0.location.file == file.path }
            #expect(itsIssues.count { $0.kind != .unlisted } == IssueList.limit)
            #expect(itsIssues.count(.error) == 100)
        }
        // 99 entries of the second file match the same files as another, and all of the first file's have no effect.
        #expect(issues.count(.warning) == 99 + 100)
    }

    @Test func whatIsNotListedCostsNothing() {
        var list = IssueList()
        var evaluated = 0
        func problem() -> String {
            evaluated += 1
            return "wrong"
        }
        for line in 1...500 { list.add(.error, .syntax, at: SourceLocation(file: "/f", line: line), problem()) }
        #expect(evaluated == IssueList.limit)
        #expect(list.count == 500)
        #expect(list.all.count == IssueList.limit + 1)
    }

    @Test func hintsAreSoughtOnlyForWhatIsListed() throws {
        let text = (0..<500).map { "key\($0) = 1\n" }.joined()
        let bytes = Array(text.utf8)
        var reader = TableReader(
            try TOMLDocument(parsing: bytes).table, file: "/f", source: bytes, after: IssueList())
        var sought = 0
        reader.rejectUnknownKeys { _, _ in
            sought += 1
            return nil
        }
        #expect(sought == IssueList.limit)
        #expect(reader.issues.count == 500)
        #expect(reader.issues.hasError)
    }

    /// A single text of the size of a file is not repeated in full in each message.
    @Test func longTextsAreCut() {
        let name = String(repeating: "é", count: 10_000)
        let text = "'\(name)' = 1\n[entry.'\(name)']\n[entry.e]\npreset = 'x\(name)'\n[qemu]\ntargets = '\(name)'\n"
        let file = ConfigFile(path: "/f", text: Array(text.utf8))
        #expect(file.issues.count == 4)
        for issue in file.issues { #expect(issue.message.utf8.count < 2200) }
        #expect(file.issues.allSatisfy { !$0.message.unicodeScalars.contains("\u{fffd}") })
    }

    @Test func interpretersAreLimited() {
        func issues(_ count: Int) -> [String] {
            let paths = (0..<count).map { "'/\($0)'" }.joined(separator: ", ")
            let text = "[entry.e]\nextension = 'e'\ninterpreter = [\(paths)]\n"
            return ConfigFile(path: "/f", text: Array(text.utf8)).issues.map(\.description)
        }
        #expect(issues(64) == [])
        #expect(issues(65) == ["/f:3:15: Entry 'e': 'interpreter' has more than 64 paths"])
    }
}
