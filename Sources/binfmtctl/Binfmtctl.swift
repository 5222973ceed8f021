// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore

@main
struct Binfmtctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "binfmtctl",
        abstract: "Show and change what binfmtd keeps in the kernel's binfmt_misc.",
        version: "binfmtctl \(Version.current)",
        groupedSubcommands: [
            CommandGroup(name: "Look", subcommands: [StatusCommand.self, PlanCommand.self, ExplainCommand.self]),
            CommandGroup(name: "Change", subcommands: [ApplyCommand.self]),
            CommandGroup(name: "Files", subcommands: [CheckCommand.self, ImportCommand.self, ExportCommand.self]),
        ],
        defaultSubcommand: StatusCommand.self
    )
}
