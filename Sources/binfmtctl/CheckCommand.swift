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

    func run() throws {
        var directories = options.installation.configDirectories
        let configuration = files.isEmpty ? directories.read() : ConfigDirectories.read(files)
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

    private func show(_ issues: [Issue], entries: Int) {
        let terminal = Terminal()
        for issue in issues {
            let severity = terminal.styled(issue.severity.rawValue, issue.severity == .error ? .red : .yellow)
            print("\(issue.location): \(severity): \(issue.message)")
            if let excerpt = excerpt(issue.location) { print(excerpt) }
        }
        let errors = issues.count { $0.severity == .error }
        let warnings = issues.count - errors
        let counts = [(entries, "entry", "entries"), (errors, "error", "errors"), (warnings, "warning", "warnings")]
        print(counts.map { "\($0) \($0 == 1 ? $1 : $2)" }.joined(separator: ", ") + ".")
    }

    /// The line, and a caret under the column.
    private func excerpt(_ location: SourceLocation) -> String? {
        guard let text = try? Files.read(location.file, limit: ConfigFile.maximumSize) else { return nil }
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(location.line - 1) else { return nil }
        let line = String(decoding: lines[location.line - 1], as: UTF8.self)
        // A tab before the caret must be one below it as well.
        let indentation = line.unicodeScalars.prefix(location.column - 1).map { $0 == "\t" ? "\t" : " " }
        return "    \(line)\n    \(indentation.joined())^"
    }
}
