// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what 'apply' would change, and why.",
        discussion: """
            Exits 0 if nothing would change, 2 if something would, 1 if that cannot be determined: there is no \
            registry, or a configuration file has an error.

            With --config, shows what would change if these files were saved below /etc: binfmtd.toml in place of the \
            present one, any other as the drop-in of its name.

            Examples:
              binfmtctl plan
              binfmtctl plan --config ./jar.toml
            """
    )

    @OptionGroup var options: CommonOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Plan as if these files were saved; '-' is standard input.", valueName: "file"),
        completion: .file())
    var config: [FilePath] = []

    private static let changes = ExitCode(2)

    func run() throws {
        let status: HostStatus
        do throws(ConfigPreview.Unreadable) {
            status = HostStatus(options.hostPaths, previewing: try ConfigPreview(config, options.hostPaths))
        } catch {
            status = HostStatus(options.hostPaths, unavailable: "\(error)", nil, issues: [])
        }
        if options.json {
            try StandardOutput.print(PlanDocument(status))
        } else {
            try show(status)
        }
        guard let snapshot = status.snapshot, !snapshot.configuration.isBroken else { throw ExitCode.failure }
        if !snapshot.plan.isInSync { throw Self.changes }
    }

    private func show(_ status: HostStatus) throws {
        let terminal = Terminal()
        StandardError.print(status.issues.map(\.description), terminal)
        guard let plan = status.snapshot?.plan else { return StandardError.print([status.summary], terminal) }
        var lines = plan.changes.map { $0.text(terminal) }
        if plan.isInSync {
            lines.append(terminal.prose("Nothing to change. \(status.summary)"))
        } else {
            let changes = counted(plan.changes.count, "change", "changes")
            lines.append("\(changes) in \(counted(plan.steps.count, "write", "writes")) to the kernel.")
        }
        try StandardOutput.print(lines.joined(separator: "\n"))
    }
}
