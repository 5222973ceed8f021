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
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let command = plain(arguments[...]) { return finish(command) }
        guard let word = arguments.first, !word.hasPrefix("-") else { return run(StatusCommand.self, arguments) }
        if let command = commands.first(where: { $0._commandName == word }) {
            return run(command, Array(arguments.dropFirst()))
        }
        if word == "help" { return main(nil) }
        // The command that needs no name takes names of its own: what is no command must not be taken for an entry.
        StandardError.print("binfmtctl: there is no command '\(word)'\(hint(for: word)); see binfmtctl --help")
        Glibc.exit(ExitCode.validationFailure.rawValue)
    }

    /// Has one command read its arguments. To make the tree of all commands, and to have each on the way read them, costs
    /// as much as the rest of a start; it is asked about what the command does not take: help, completions and mistakes.
    private static func run(_ type: (some ParsableCommand).Type, _ arguments: [String]) {
        guard var command = try? type.parse(arguments) else { return main(nil) }
        finish { try command.run() }
    }

    /// What is asked most, without anything that only one command takes. ArgumentParser finds out by reflection what a
    /// command takes; that is two thirds of the time of one that is not asked for more.
    private static func plain(_ arguments: ArraySlice<String>) -> (() throws -> Void)? {
        var rest = arguments
        let word = rest.first.flatMap { $0.hasPrefix("-") ? nil : $0 }
        if word != nil { rest.removeFirst() }
        guard word == nil || word == "status" || word == "plan" || word == "check",
            let options = CommonValues(rest)
        else { return nil }
        return {
            switch word {
            case "plan": try PlanCommand.run(options)
            case "check": try CheckCommand.run(options)
            default: try StatusCommand.run(options)
            }
        }
    }

    private static func finish(_ command: () throws -> Void) {
        do { try command() } catch let code as ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            exit(withError: error)
        }
    }

    private static var commands: [any ParsableCommand.Type] { configuration.groupedSubcommands.flatMap(\.subcommands) }

    private static var names: [String] { ["help"] + commands.map { $0._commandName } }

    /// What others call what a command does.
    private static let synonyms = [
        "register": ["install", "add", "enable", "reset", "persistent"],
        "release": ["uninstall", "remove", "unregister", "delete", "disable", "reset"],
        "status": ["list", "ls", "show", "display", "info"], "plan": ["diff", "preview"],
        "reload": ["restart", "refresh", "update"], "check": ["validate", "verify", "lint"], "probe": ["test", "try"],
        "explain": ["why", "which", "find"], "exec": ["run"], "import": ["convert", "load"], "cat": ["config"],
    ]

    private static func hint(for word: String) -> String {
        let known = synonyms.first { names.contains($0.key) && $0.value.contains(word) }?.key
        return known.map { " (did you mean '\($0)'?)" } ?? Spelling.hint(for: word, among: names)
    }
}
