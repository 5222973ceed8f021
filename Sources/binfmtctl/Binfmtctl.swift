// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import Glibc

@main
struct Binfmtctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "binfmtctl",
        abstract: "Show and change what binfmtd keeps in the kernel's binfmt_misc.",
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

    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        // The command that needs no name takes names of its own: what is no command must not be taken for an entry.
        if let word = arguments.first, !word.hasPrefix("-"), !commands.contains(word) {
            StandardError.print("binfmtctl: there is no command '\(word)'\(hint(for: word)); see binfmtctl --help")
            Glibc.exit(ExitCode.validationFailure.rawValue)
        }
        main(nil)
    }

    private static var commands: [String] {
        ["help"] + configuration.subcommands.map { $0._commandName }
            + configuration.groupedSubcommands.flatMap(\.subcommands).map { $0._commandName }
    }

    /// What others call what a command does.
    private static let synonyms = [
        "register": ["install", "add", "enable", "reset", "persistent"],
        "release": ["uninstall", "remove", "unregister", "delete", "disable", "reset"],
        "status": ["list", "ls", "show", "display", "info"], "plan": ["diff", "preview"],
        "reload": ["restart", "refresh", "update"], "check": ["validate", "verify", "lint"], "probe": ["test", "try"],
        "explain": ["why", "which", "find"], "exec": ["run"], "import": ["convert", "load"], "cat": ["config"],
    ]

    private static func hint(for word: String) -> String {
        let known = synonyms.first { commands.contains($0.key) && $0.value.contains(word) }?.key
        return known.map { " (did you mean '\($0)'?)" } ?? Spelling.hint(for: word, among: commands)
    }
}
