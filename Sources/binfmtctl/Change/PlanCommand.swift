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

    func run() throws { try Self.run(options.values) }

    static func run(_ options: CommonValues) throws {
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
        if !plan.isInSync { throw changes }
    }

    private static func show(_ plan: Plan?, _ status: HostStatus) {
        let terminal = Terminal()
        for issue in status.issues { print(terminal.prose(issue.description, hanging: 2)) }
        guard let plan else { return print(terminal.prose(status.summary)) }
        for change in plan.changes { print(change.description(terminal)) }
        if plan.isInSync {
            print(terminal.prose("Nothing to change. \(status.summary)"))
        } else {
            let count = plan.changes.count
            let writes = plan.steps.count
            let total = "\(count) \(count == 1 ? "change" : "changes")"
            print("\(total) in \(writes) \(writes == 1 ? "write" : "writes") to the kernel.")
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
        let title = terminal.styled("\(kind.symbol) \(name)", style) + " (\(kind.rawValue)): \(cause)"
        var lines = [terminal.prose(title, hanging: 2)]
        func add(_ sign: String, _ entry: Entry, _ style: Terminal.Style) {
            let text =
                terminal.width == nil
                ? "    \(sign) \(entry.line)"
                : terminal.paragraph(entry.line, indentation: 6, label: "    \(sign)")
            lines.append(text.split(separator: "\n").map { terminal.styled(String($0), style) }.joined(separator: "\n"))
        }
        if before != after {
            if let before { add("-", before, .red) }
            if let after { add("+", after, .green) }
        }
        return lines.joined(separator: "\n")
    }
}

extension Entry {
    fileprivate var line: String {
        "\(recognition) → \(interpreter)" + (flags.isEmpty ? "" : " \(flags.letters)")
    }
}
