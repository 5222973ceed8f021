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
            Without a file, checks all files that the daemon would read. The name of a file determines its format: \
            *.conf is binfmt.d(5), *.toml is binfmtd.toml(5), any other is that of Debian's /usr/share/binfmts. Exits 0 \
            if there is no error.
            """
    )

    @OptionGroup var options: CommonOptions

    @Argument(help: ArgumentHelp("Check only these files.", valueName: "file"), completion: .file())
    var files: [FilePath] = []

    func run() throws {
        var directories = options.hostPaths.configDirectories
        let configuration = files.isEmpty ? directories.read().configuration : Configuration(files: files)
        if options.json {
            print(try CheckDocument(configuration).json)
        } else {
            show(configuration)
        }
        if configuration.isBroken { throw ExitCode.failure }
    }

    private func show(_ configuration: Configuration) {
        let terminal = Terminal()
        var sources = SourceFiles()
        for issue in configuration.issues {
            let severity = StyledText(issue.severity.rawValue, issue.severity == .error ? .red : .yellow)
            let line = [StyledText("\(issue.location): "), severity, StyledText(": \(issue.message)")]
            print(terminal.prose(line, hanging: 2))
            if let excerpt = sources.excerpt(issue.location, terminal.width) { print(excerpt.text) }
        }
        let entries = counted(configuration.entries.count { !$0.isOffer }, "entry", "entries")
        let errors = counted(configuration.issues.count(.error), "error", "errors")
        let warnings = counted(configuration.issues.count(.warning), "warning", "warnings")
        print("\(entries), \(errors), \(warnings).")
    }
}
