// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a pass would change, and why.",
        discussion: "Exits 0 if nothing, 2 if something would change, 1 if that cannot be told."
    )

    @OptionGroup var options: CommonOptions

    private static let changes = ExitCode(2)

    func run() throws {
        let status = HostStatus(options.installation)
        let plan = status.picture?.plan
        if options.json {
            let document = PlanDocument(
                verdict: status.verdict.rawValue, summary: status.summary,
                changes: plan?.changes.map { PlanDocument.Change($0) } ?? [],
                issues: status.issues.map(IssueDocument.init))
            print(try document.json)
        } else {
            show(plan, status)
        }
        guard let plan else { throw ExitCode.failure }
        if !plan.isInSync { throw Self.changes }
    }

    private func show(_ plan: Plan?, _ status: HostStatus) {
        for issue in status.issues { print(issue.description) }
        guard let plan else { return print(status.summary) }
        let terminal = Terminal()
        for change in plan.changes { print(change.description(terminal)) }
        if plan.isInSync {
            print("Nothing to change. \(status.summary)")
        } else {
            let count = plan.changes.count
            let writes = plan.steps.count
            print("\(count) \(count == 1 ? "change" : "changes") in \(writes) writes to the kernel.")
        }
    }
}

extension Change {
    /// A line with what is done and why, and one for each value before and after.
    func description(_ terminal: Terminal) -> String {
        let style: Terminal.Style =
            switch kind {
            case .serve, .restore, .register, .enable: .green
            case .replace, .reorder: .yellow
            case .unregister: .red
            }
        var lines = [terminal.styled("\(kind.symbol) \(name)", style) + " (\(kind.rawValue)): \(cause)"]
        if before != after {
            if let before { lines.append(terminal.styled("    - \(before.line)", .red)) }
            if let after { lines.append(terminal.styled("    + \(after.line)", .green)) }
        }
        return lines.joined(separator: "\n")
    }
}

extension Entry {
    fileprivate var line: String {
        "\(recognition) → \(interpreter)" + (flags.isEmpty ? "" : " \(flags.letters)")
    }
}
