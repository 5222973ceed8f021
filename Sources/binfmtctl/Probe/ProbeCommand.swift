// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost

struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Run a tiny program of each architecture: show which work, and by which emulator.",
        discussion: """
            Each program is a few instructions long and runs in an empty root directory, as in a container. Without a \
            name, tries every entry for such programs; a name is that of an entry or of a target. Root is not needed \
            where user namespaces are allowed. Exits 0 if everything that was tried works as its entry says, 1 if not.

            Examples:
              binfmtctl probe
              binfmtctl probe arm64 riscv64
              binfmtctl probe --private  # the declared entries, before they are registered
            """
    )

    @OptionGroup var options: CommonOptions

    @Flag(
        name: .customLong("private"),
        help: "Try the declared entries, in a private table (Linux 6.7).")
    var isPrivate = false

    @Option(help: ArgumentHelp("The time limit for each program.", valueName: "seconds"))
    var timeout: Double = 5

    @Argument(
        help: ArgumentHelp("Try only these entries or targets.", valueName: "name"),
        completion: Completions.entriesAndTargets)
    var names: [String] = []

    func validate() throws {
        guard timeout > 0, timeout <= 3600 else { throw ValidationError("'--timeout' takes 0 to 3600 seconds.") }
    }

    func run() throws {
        let results = ProbeResults(
            options.hostPaths, isPrivate ? .private : .host, names: names,
            limit: .milliseconds(Int(timeout * 1000)))
        if options.json {
            try StandardOutput.print(ProbeDocument(results))
        } else {
            let terminal = Terminal()
            let text = results.text(terminal)
            if !text.isEmpty { try StandardOutput.print(text) }
            if let problem = results.problem { StandardError.write(terminal.paragraph(problem)) }
        }
        if !results.isGood { throw ExitCode.failure }
    }
}
