// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

@main
struct Binfmtctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "binfmtctl",
        abstract: "Show and change the entries that binfmtd keeps registered in the kernel's binfmt_misc.",
        version: "binfmtctl \(Version.current)",
        groupedSubcommands: [
            CommandGroup(
                name: "Look",
                subcommands: [
                    StatusCommand.self, PlanCommand.self, ExplainCommand.self, ProbeCommand.self, PlatformsCommand.self,
                ]),
            CommandGroup(
                name: "Change",
                subcommands: [
                    ApplyCommand.self, ReloadCommand.self, RegisterCommand.self, ReleaseCommand.self, ExecCommand.self,
                    ContainerCommand.self,
                ]),
            CommandGroup(name: "For other programs", subcommands: [MetricsCommand.self, VarlinkCommand.self]),
            CommandGroup(
                name: "Files",
                subcommands: [
                    CheckCommand.self, CatCommand.self, PresetsCommand.self, ImportCommand.self, ExportCommand.self,
                ]),
        ],
        defaultSubcommand: StatusCommand.self
    )

    @OptionGroup var options: CommonOptions

    static func main() {
        StandardFiles.fill()
        let arguments = CommandWord.first(in: Array(CommandLine.arguments.dropFirst()), among: commands)
        if let failure = run(arguments) { end(failure, asJSON: asksForJSON(arguments)) }
        do { try StandardOutput.close() } catch { end(CommandFailure(error), asJSON: false) }
    }

    /// - Returns: nil if the command succeeded.
    private static func run(_ arguments: [String]) -> CommandFailure? {
        let words = CommandWord.find(in: arguments)
        // The command that should be there, or that `help` should explain.
        let topics = words.dropFirst().filter { !$0.hasPrefix("-") }
        if let word = words.first == "help" ? topics.first : words.first, !commands.contains(word) {
            return CommandFailure(unknownCommand: word, among: commands)
        }
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
            return nil
        } catch {
            let failure = CommandFailure(error)
            let script = CompletionScript(arguments, generated: failure.message, commands: commands)
            return script.map { CommandFailure(printing: $0.text) } ?? failure
        }
    }

    private static func end(_ failure: CommandFailure, asJSON: Bool) -> Never {
        do { try failure.report(asJSON: asJSON) } catch {
            StandardError.print(CommandFailure(error).message)
            exit(withError: ExitCode.failure)
        }
        exit(withError: failure.status)
    }

    private static func asksForJSON(_ arguments: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains("--json")
    }

    private static var commands: [String] {
        ["help"] + configuration.groupedSubcommands.flatMap(\.subcommands).compactMap { $0.configuration.commandName }
    }
}
