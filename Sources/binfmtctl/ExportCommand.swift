// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the declared entries in another format.",
        discussion: """
            The format is that of binfmt.d(5), for a host with systemd-binfmt alone. An entry that cannot be registered \
            here is a comment in the file and a warning. Exits 0 if all could be written, 1 if not.

            Example:
              binfmtctl export >/etc/binfmt.d/foreign.conf
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case binfmtD = "binfmt.d"
    }

    @OptionGroup var options: CommonOptions

    @Option(help: "The format to write.")
    var format = Format.binfmtD

    func run() throws {
        var directories = options.hostPaths.configDirectories
        let configuration = directories.read().configuration
        let desired = try DesiredState(onThisHost: configuration)
        let export = BinfmtDExport(desired)
        if options.json {
            print(try ExportDocument(export, configuration, format: format.rawValue).json)
        } else {
            print(export.text, terminator: "")
            StandardError.show(configuration.issues)
            for (entry, reason) in export.lost {
                let place = entry.location.map { "\($0): " } ?? ""
                StandardError.print("\(place)warning: Entry '\(entry.name)': \(reason); left as a comment")
            }
        }
        if configuration.isBroken || !export.lost.isEmpty { throw ExitCode.failure }
    }
}

/// What `export --json` prints.
struct ExportDocument: Document {
    struct Lost: Encodable {
        let name: String
        let reason: String
    }

    let version = 1
    let verdict: String
    let format: String
    let entries: Int
    let lost: [Lost]
    let issues: [IssueDocument]
    /// The file.
    let text: String

    init(_ export: BinfmtDExport, _ configuration: Configuration, format: String) {
        verdict = configuration.isBroken || !export.lost.isEmpty ? "incomplete" : "complete"
        self.format = format
        entries = export.count
        lost = export.lost.map { Lost(name: $0.entry.name.description, reason: $0.reason.description) }
        issues = configuration.issues.map(IssueDocument.init)
        text = export.text
    }
}
