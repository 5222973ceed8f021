// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show every entry: what it is for, what runs it, and whether it is as declared.",
        discussion: "Exits 0 if the kernel is as declared, 1 if not."
    )

    @OptionGroup var options: CommonOptions

    @Argument(help: ArgumentHelp("Show these entries alone.", valueName: "name"))
    var names: [String] = []

    func run() throws {
        let status = HostStatus(options.installation, names: names)
        if options.json {
            print(try status.document.json)
        } else {
            show(status)
        }
        if !status.isInSync { throw ExitCode.failure }
    }

    private func show(_ status: HostStatus) {
        let terminal = Terminal()
        let rows = status.lines.map { line in
            [
                Cell(line.state.mark + " " + line.name, line.state.color), Cell(line.state.rawValue, line.state.color),
                Cell(line.flags), Cell(line.recognition), Cell(line.interpreter),
            ]
        }
        if !rows.isEmpty {
            let header = ["  ENTRY", "STATE", "FLAGS", "RECOGNISES", "INTERPRETER"].map { Cell($0, .bold) }
            print(terminal.table([header] + rows))
            print()
        }
        print(status.summary)
        for line in status.lines {
            if let reason = line.reason { print("\(line.name): \(reason)") }
        }
        for issue in status.issues { print(issue.description) }
        for name in status.unknownNames { print("There is no entry '\(name)'.") }
    }
}

extension EntryState {
    fileprivate var mark: String {
        switch self {
        case .active: "●"
        case .pending, .stale, .suspended: "◐"
        case .refused, .failed: "✗"
        case .waiting, .shadowed, .yielded, .disabled, .masked, .foreign: "○"
        }
    }

    fileprivate var color: Terminal.Style {
        switch self {
        case .active: .green
        case .pending, .stale, .suspended, .waiting: .yellow
        case .refused, .failed: .red
        case .shadowed, .yielded, .disabled, .masked, .foreign: .plain
        }
    }
}
