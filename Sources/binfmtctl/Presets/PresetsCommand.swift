// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost

struct PresetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presets",
        abstract: "Show the presets of the configuration, and what each stands for.",
        discussion: """
            Without a name, lists all presets, each with the interpreter that this host has for it. With names, prints \
            what these stand for, as TOML that says the same without the preset. A target stands for its preset \
            'qemu-TARGET'. Exits 0 if there is a preset of each name, 1 if not.

            Examples:
              binfmtctl presets
              binfmtctl presets wine arm64
              binfmtctl presets jar >/etc/binfmtd/entries.d/jar.toml
            """
    )

    @OptionGroup var options: CommonOptions

    @Argument(
        help: ArgumentHelp("Show what these presets stand for.", valueName: "name"), completion: Completions.presets)
    var names: [String] = []

    func run() throws {
        let list = PresetList(options.hostPaths, names: names)
        if options.json {
            try StandardOutput.print(PresetsDocument(list))
        } else {
            let terminal = Terminal()
            if names.isEmpty { try StandardOutput.print(list.table(terminal)) }
            if !names.isEmpty, !list.items.isEmpty { try StandardOutput.write(terminal.content(list.toml)) }
            StandardError.print(list.unknown.map(list.problem), terminal)
        }
        if !list.unknown.isEmpty { throw ExitCode.failure }
    }
}
