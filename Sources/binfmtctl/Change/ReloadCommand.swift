// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the daemon read its configuration anew, and wait until the kernel has it.",
        discussion: """
            Exits 0 once the kernel is as the files declare, 1 with the reason if it is not: a broken file changes \
            nothing. This is what 'systemctl reload binfmtd' does.
            """
    )

    /// As systemd gives a service to start by default.
    static let limit = Duration.seconds(90)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let result: Result<DaemonStatus, ReloadFailure> = Result { () throws(ReloadFailure) in
            try options.installation.reload(Self.limit)
        }
        if options.json {
            print(try DaemonDocument(result).json)
        } else {
            let terminal = Terminal()
            for line in result.lines { print(terminal.prose(line, hanging: 2)) }
        }
        if !result.isGood { throw ExitCode.failure }
    }
}

extension Result<DaemonStatus, ReloadFailure> {
    /// Whether all that is declared and can be registered is in the kernel.
    var isGood: Bool {
        guard case .success(let status) = self else { return false }
        return status.errors.isEmpty && [.inSync, .degraded].contains(status.verdict)
    }

    var lines: [String] {
        switch self {
        case .success(let status): status.errors + [status.summary]
        case .failure(let failure): ["\(failure)"]
        }
    }
}

/// What `reload --json` prints.
struct DaemonDocument: Document {
    let version = 1
    let verdict: String
    let summary: String
    let errors: [String]

    init(_ result: Result<DaemonStatus, ReloadFailure>) {
        switch result {
        case .success(let status):
            (verdict, summary, errors) = (status.verdict.rawValue, status.summary, status.errors)
        case .failure(let failure):
            (verdict, summary, errors) = (Report.Verdict.unavailable.rawValue, "\(failure)", ["\(failure)"])
        }
    }
}
