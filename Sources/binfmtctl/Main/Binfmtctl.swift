// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore

@main
struct Binfmtctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "binfmtctl",
        abstract: "Show and change the entries that binfmtd keeps registered in the kernel's binfmt_misc.",
        version: "binfmtctl \(Version.current)",
        groupedSubcommands: [
            CommandGroup(
                name: "Look",
                subcommands: [StatusCommand.self, PlanCommand.self, ExplainCommand.self, ProbeCommand.self]),
            CommandGroup(
                name: "Change",
                subcommands: [
                    ApplyCommand.self, ReloadCommand.self, RegisterCommand.self, ReleaseCommand.self, ExecCommand.self,
                ]),
            CommandGroup(
                name: "Files",
                subcommands: [CheckCommand.self, CatCommand.self, ImportCommand.self, ExportCommand.self]),
        ],
        defaultSubcommand: StatusCommand.self
    )

    @OptionGroup var options: CommonOptions

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let word = CommandWord.find(in: arguments), !commands.contains(word) {
            let hint = CommandHint.text(for: word, among: commands)
            StandardError.print("binfmtctl: unknown command '\(word)'\(hint); see binfmtctl --help")
            exit(withError: ExitCode.validationFailure)
        }
        main(arguments)
    }

    private static var commands: [String] {
        ["help"] + configuration.groupedSubcommands.flatMap(\.subcommands).compactMap { $0.configuration.commandName }
    }
}
