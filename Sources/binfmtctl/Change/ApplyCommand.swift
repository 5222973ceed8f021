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
            the kernel then matches the configuration, 1 if not.
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
        let report = pass.report(.command)
        if options.json {
            print(try PlanDocument(pass, report).json)
        } else {
            let terminal = Terminal()
            let lines = (report.events + report.standing).map(\.text) + pass.stateProblems
            for line in lines { print(terminal.prose(line, hanging: 2)) }
            print(terminal.prose(report.summary))
        }
        if report.verdict != .inSync || !pass.stateProblems.isEmpty { throw ExitCode.failure }
    }

    private func fail(_ reason: String) throws {
        print(options.json ? try PlanDocument(unavailable: reason).json : Terminal().prose(reason))
        throw ExitCode.failure
    }
}
