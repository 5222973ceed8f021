// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report errors in the configuration.",
        discussion: """
            Without a file, checks all files that the daemon would read. '-' is standard input. Without --format, the \
            name of a file determines its format, *.toml or *.conf; that of any other file is recognised by its text. \
            Also warns of entries that cannot be registered on this host. Exits 0 if there is no error.

            Examples:
              binfmtctl check
              binfmtctl check ./jar.toml
              binfmtctl check --format binfmt.d - <jar.conf
            """
    )

    @OptionGroup var options: CommonOptions

    @Option(help: "The format of the files.")
    var format: ConfigFormat?

    @Argument(help: ArgumentHelp("Check only these files.", valueName: "file"), completion: .file())
    var files: [FilePath] = []

    func validate() throws {
        if format != nil, files.isEmpty { throw ValidationError("'--format' needs a file.") }
    }

    func run() throws {
        let files = files.map { NamedFile($0, as: format) }
        let check = try files.isEmpty ? CheckResult(options.hostPaths) : CheckResult(files)
        if options.json {
            try StandardOutput.print(CheckDocument(check))
        } else {
            try show(check, SourceFiles(files))
        }
        if check.isBroken { throw ExitCode.failure }
    }

    private func show(_ check: CheckResult, _ sources: SourceFiles) throws {
        let terminal = Terminal()
        var sources = sources
        var lines: [String] = []
        for issue in check.issues {
            let severity = StyledText(issue.severity.rawValue, issue.severity == .error ? .red : .yellow)
            let line = [StyledText("\(issue.location): "), severity, StyledText(": \(issue.message)")]
            lines.append(terminal.prose(line, hanging: 2))
            if let excerpt = sources.excerpt(issue.location, terminal.width) { lines.append(excerpt.text) }
        }
        let entries = counted(check.count, "entry", "entries")
        let errors = counted(check.issues.count(.error), "error", "errors")
        let warnings = counted(check.issues.count(.warning), "warning", "warnings")
        lines.append("\(entries), \(errors), \(warnings).")
        try StandardOutput.print(lines.joined(separator: "\n"))
    }
}

extension ConfigFormat: ExpressibleByArgument {}
