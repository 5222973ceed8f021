// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Register the declared entries once, without the daemon.",
        discussion: """
            Use it in a container or a oneshot unit. If the daemon is running, this is the same as 'reload'. Exits 0 if \
            every entry is then as declared, 1 if not.
            """
    )

    @OptionGroup var options: CommonOptions

    func run() throws {
        let hostPaths = options.hostPaths
        let pass: Pass
        do {
            let reconciler = try hostPaths.reconciler { () throws(RegistryUnavailable) in
                try hostPaths.lockRegistry()
            }
            pass = try reconciler.pass()
        } catch RegistryUnavailable.keptByAnother where hostPaths.daemon != nil {
            var reload = ReloadCommand()
            reload.options = options
            return try reload.run()
        } catch {
            return try fail("\(error)")
        }
        // This pass takes the place of a daemon that was killed.
        hostPaths.statusFile.removeDead()
        let report = pass.report(.command)
        if options.json {
            try StandardOutput.print(PlanDocument(pass, report))
        } else {
            try show(pass, report)
        }
        if report.verdict != .inSync || !pass.stateProblems.isEmpty { throw ExitCode.failure }
    }

    private func show(_ pass: Pass, _ report: Report) throws {
        let terminal = Terminal()
        func print(_ line: String) throws { try StandardOutput.print(terminal.prose(line, hanging: 2)) }
        for event in report.events { try print(event.text) }
        if !pass.hasChangedTable { try print("Nothing changed.") }
        StandardError.print(report.standing.filter { $0.level != .info }.map(\.text) + pass.stateProblems, terminal)
        for remark in report.standing where remark.level == .info { try print(remark.text) }
        try print(report.summary)
    }

    private func fail(_ reason: String) throws {
        if options.json {
            try StandardOutput.print(PlanDocument(unavailable: reason))
        } else {
            StandardError.print([reason], Terminal())
        }
        throw ExitCode.failure
    }
}

extension Pass {
    /// Whether it changed anything in the kernel.
    var hasChangedTable: Bool {
        let hasEnabled = if case .success = applied.enabling { true } else { false }
        return hasEnabled || applied.outcomes.contains { $0.result == .done }
    }
}
