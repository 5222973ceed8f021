// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what 'apply' would change, and why.",
        discussion: "Exits 0 if nothing would change, 2 if something would, 1 if that cannot be determined."
    )

    @OptionGroup var options: CommonOptions

    private static let changes = ExitCode(2)

    func run() throws {
        let status = HostStatus(options.hostPaths)
        if options.json {
            print(try PlanDocument(status).json)
        } else {
            show(status)
        }
        guard let plan = status.snapshot?.plan else { throw ExitCode.failure }
        if !plan.isInSync { throw Self.changes }
    }

    private func show(_ status: HostStatus) {
        let terminal = Terminal()
        for issue in status.issues { print(terminal.prose(issue.description, hanging: 2)) }
        guard let plan = status.snapshot?.plan else { return print(terminal.prose(status.summary)) }
        for change in plan.changes { print(change.text(terminal)) }
        if plan.isInSync {
            print(terminal.prose("Nothing to change. \(status.summary)"))
        } else {
            let changes = counted(plan.changes.count, "change", "changes")
            print("\(changes) in \(counted(plan.steps.count, "write", "writes")) to the kernel.")
        }
    }
}
