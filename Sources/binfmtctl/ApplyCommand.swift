// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make one pass without the daemon, as in a container or a oneshot unit.",
        discussion: """
            Exits 0 if the kernel is then as declared, 1 if not. Beside a running daemon it does what 'reload' does.
            """
    )

    @OptionGroup var options: CommonOptions

    func run() throws {
        let hostPaths = options.hostPaths
        let result: (pass: Pass, report: Report)
        do {
            let reconciler = try hostPaths.reconciler { () throws(RegistryUnavailable) in
                try hostPaths.lockRegistry()
            }
            let pass = try reconciler.pass()
            result = (pass, pass.report(.command))
        } catch RegistryUnavailable.keptByAnother where hostPaths.daemon != nil {
            var reload = ReloadCommand()
            reload.options = options
            return try reload.run()
        } catch {
            return try fail("\(error)")
        }
        let (pass, report) = result
        if options.json {
            let document = PlanDocument(
                verdict: report.verdict.rawValue, summary: report.summary,
                changes: pass.applied.outcomes.map { PlanDocument.Change($0) },
                issues: pass.configuration.issues.map(IssueDocument.init))
            print(try document.json)
        } else {
            let terminal = Terminal()
            let lines = (report.events + report.standing).map(\.text) + pass.stateProblems
            for line in lines { print(terminal.prose(line, hanging: 2)) }
            print(terminal.prose(report.summary))
        }
        if report.verdict != .inSync || !pass.stateProblems.isEmpty { throw ExitCode.failure }
    }

    private func fail(_ reason: String) throws {
        let verdict = Report.Verdict.unavailable.rawValue
        if options.json {
            print(try PlanDocument(verdict: verdict, summary: reason, changes: [], issues: []).json)
        } else {
            print(Terminal().prose(reason))
        }
        throw ExitCode.failure
    }
}
