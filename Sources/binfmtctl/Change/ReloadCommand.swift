// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the daemon reload its configuration, and wait until the kernel matches it.",
        discussion: """
            Exits 0 once the kernel matches the configuration, 1 with the reason if it does not; an invalid file changes \
            nothing. 'systemctl reload binfmtd' does the same.
            """
    )

    /// systemd's default time limit for starting a service.
    static let limit = Duration.seconds(90)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let result: Result<DaemonStatus, ReloadFailure> = Result { () throws(ReloadFailure) in
            try options.hostPaths.reload(Self.limit)
        }
        if options.json {
            print(try ReloadDocument(result).json)
        } else {
            let terminal = Terminal()
            for line in Self.lines(result) { print(terminal.prose(line, hanging: 2)) }
        }
        if !Self.isGood(result) { throw ExitCode.failure }
    }

    /// Whether every declared entry that can be registered is registered.
    private static func isGood(_ result: Result<DaemonStatus, ReloadFailure>) -> Bool {
        guard case .success(let status) = result else { return false }
        return status.errors.isEmpty && [.inSync, .degraded].contains(status.verdict)
    }

    private static func lines(_ result: Result<DaemonStatus, ReloadFailure>) -> [String] {
        switch result {
        case .success(let status): status.errors + [status.summary]
        case .failure(let failure): ["\(failure)"]
        }
    }
}
