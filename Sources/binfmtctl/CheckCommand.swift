// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with the configuration.",
        discussion: """
            Without a file, checks all that the daemon would read. A file is read by its name: *.conf as binfmt.d(5), \
            *.toml as binfmtd.toml(5), any other as one of Debian's /usr/share/binfmts. Exits 0 if nothing is an error.
            """
    )

    @OptionGroup var options: CommonOptions

    @Argument(help: ArgumentHelp("Check these files alone.", valueName: "file"), completion: .file())
    var files: [FilePath] = []

    func run() throws { try Self.run(options.values, files) }

    static func run(_ options: CommonValues, _ files: [FilePath] = []) throws {
        var directories = options.hostPaths.configDirectories
        let configuration = files.isEmpty ? directories.read().configuration : Configuration(files: files)
        let issues = configuration.issues
        if options.json {
            let document = CheckDocument(
                verdict: configuration.isBroken ? "broken" : "valid", issues: issues.map(IssueDocument.init))
            print(try document.json)
        } else {
            show(issues, entries: configuration.entries.count { !$0.isOffer })
        }
        if configuration.isBroken { throw ExitCode.failure }
    }

    private static func show(_ issues: [Issue], entries: Int) {
        let terminal = Terminal()
        for issue in issues {
            let severity = terminal.styled(issue.severity.rawValue, issue.severity == .error ? .red : .yellow)
            print(terminal.prose("\(issue.location): \(severity): \(issue.message)", hanging: 2))
            if let excerpt = excerpt(issue.location, terminal) { print(excerpt) }
        }
        let errors = issues.count { $0.severity == .error }
        let warnings = issues.count - errors
        func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
        print(
            count(entries, "entry", "entries") + ", " + count(errors, "error", "errors") + ", "
                + count(warnings, "warning", "warnings") + ".")
    }

    /// The line, and a caret under the column; of a line that is too long, what is about the column.
    private static func excerpt(_ location: SourceLocation, _ terminal: Terminal) -> String? {
        guard let text = try? Files.read(location.file, limit: ConfigFile.maximumSize) else { return nil }
        let lines =
            location.file.extension == "conf"
            ? BinfmtDLines(text).lines : text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(location.line - 1) else { return nil }
        var line = Array(String(decoding: lines[location.line - 1], as: UTF8.self).unicodeScalars)
        var column = location.column - 1
        line = line.map { $0 != "\t" && ($0.value < 0x20 || 0x7f...0x9f ~= $0.value) ? "\u{fffd}" : $0 }
        if let width = terminal.width, line.count > width - 5 {
            // A tab would take more columns than one.
            line = line.map { $0 == "\t" ? " " : $0 }
            let room = max(16, width - 6)
            let start = max(0, min(column - room / 2, line.count - room))
            let end = min(line.count, start + room)
            line = (start > 0 ? ["…"] : []) + line[start..<end] + (end < line.count ? ["…"] : [])
            column += start > 0 ? 1 - start : 0
        }
        // A tab before the caret must be one below it as well.
        let indentation = line.prefix(column).map { $0 == "\t" ? "\t" : " " }.joined()
        return "    \(line.map(String.init).joined())\n    \(indentation)^"
    }
}
