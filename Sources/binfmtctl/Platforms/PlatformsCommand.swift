// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost

struct PlatformsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "platforms",
        abstract: "Show the platforms whose programs run here, by Docker's names.",
        discussion: """
            Each is proved by running a tiny program in an empty root directory, as in a container. An x86-64 processor \
            also has its levels (linux/amd64/v2). With names, shows these platforms, and why one does not run. Exits 0 \
            if each named platform runs, 1 if not.

            Examples:
              binfmtctl platforms
              binfmtctl platforms linux/arm64 && docker run --rm arm64v8/alpine uname -m
            """
    )

    @OptionGroup var options: CommonOptions

    @Argument(
        help: ArgumentHelp("Show only these platforms.", valueName: "platform"), completion: Completions.platforms)
    var names: [String] = []

    func run() throws {
        let results = PlatformResults(options.hostPaths, names: names)
        if options.json {
            try StandardOutput.print(PlatformsDocument(results))
        } else {
            let terminal = Terminal()
            let text = results.text(terminal)
            if !text.isEmpty { try StandardOutput.print(text) }
            if names.isEmpty, let problem = results.problem { StandardError.print([problem], terminal) }
        }
        if !results.isGood { throw ExitCode.failure }
    }
}
