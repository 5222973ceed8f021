// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the daemon reload its configuration, and wait until the kernel matches it.",
        discussion: """
            Exits 0 if every entry is then as declared, 1 with the reason if not; an invalid file changes nothing. \
            'systemctl reload binfmtd' does the same.
            """
    )

    /// systemd's default time limit for starting a service.
    static let limit = Duration.seconds(90)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let result = ReloadResult(options.hostPaths, Self.limit)
        if options.json {
            try StandardOutput.print(ReloadDocument(result))
        } else {
            let terminal = Terminal()
            StandardError.print(result.errors, terminal)
            if let status = result.status {
                if !result.hasChangedTable { try StandardOutput.print("Nothing changed.") }
                try StandardOutput.print(terminal.prose(status.summary, hanging: 2))
            }
        }
        if !result.isGood { throw ExitCode.failure }
    }
}
