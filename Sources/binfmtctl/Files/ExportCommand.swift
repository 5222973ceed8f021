// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Convert the declared entries to another format.",
        discussion: """
            The format is that of binfmt.d(5), for hosts with systemd-binfmt only. An entry that cannot be registered on \
            this host becomes a comment in the output and a warning here. Exits 0 if every entry was converted, 1 if not.

            Example:
              binfmtctl export >/etc/binfmt.d/foreign.conf
            """
    )

    @OptionGroup var options: CommonOptions

    @Option(help: "The format of the output.")
    var format = ExportFormat.binfmtD

    func run() throws {
        var directories = options.hostPaths.configDirectories(beside: options.hostPaths.daemon)
        let configuration = directories.read().configuration
        let desired = try DesiredState(onThisHost: configuration)
        let export = BinfmtDExport(desired)
        if options.json {
            try StandardOutput.print(ExportDocument(export, configuration, format))
        } else {
            try StandardOutput.write(Terminal().content(export.text))
            StandardError.show(configuration.issues)
            for (entry, reason) in export.lost {
                let place = entry.location.map { "\($0): " } ?? ""
                StandardError.print("\(place)warning: Entry '\(entry.name)' is only a comment in the output: \(reason)")
            }
        }
        if configuration.isBroken || !export.lost.isEmpty { throw ExitCode.failure }
    }
}
