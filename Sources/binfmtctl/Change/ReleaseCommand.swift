// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Unregister the entries that binfmtd registered, all of them or only some.",
        discussion: """
            Entries of other programs stay registered, unless --foreign names them. While the daemon is running nothing is \
            done, because it would register them again: stop it first, or declare 'enabled = false'. Exits 0 if none of \
            these entries is registered any more, 1 if not.

            Examples:
              systemctl disable --now binfmtd && binfmtctl release
              systemctl restart systemd-binfmt
            """
    )

    @OptionGroup var options: CommonOptions

    @Flag(
        help: """
            Release only entries whose held interpreter is on a file system other than /, so that it can be unmounted.
            """)
    var offRoot = false

    @Flag(
        help: """
            Release entries of other programs, which must be named, such as those that a removed program left behind. \
            The daemon may be running.
            """)
    var foreign = false

    @Argument(help: ArgumentHelp("Release only these entries.", valueName: "name"), completion: Completions.entries)
    var names: [String] = []

    func validate() throws {
        if foreign, names.isEmpty { throw ValidationError("Name the foreign entries to release.") }
        if foreign, offRoot { throw ValidationError("--foreign and --off-root exclude each other.") }
    }

    func run() throws {
        let result =
            foreign
            ? ReleaseResult(options.hostPaths, foreign: names)
            : ReleaseResult(options.hostPaths, names, offRoot ? .offRoot : .everywhere)
        // The units run this at every shutdown, where mostly nothing has to be released.
        let isSilent = offRoot && result.outcomes.isEmpty && result.verdict == .released
        if options.json {
            try StandardOutput.print(ReleaseDocument(result))
        } else if !isSilent {
            try show(result)
        }
        if result.verdict != .released { throw ExitCode.failure }
    }

    private func show(_ result: ReleaseResult) throws {
        let terminal = Terminal()
        let released = result.outcomes.filter { $0.failure == nil }.map { terminal.prose("- \($0.change.name)") }
        if !released.isEmpty { try StandardOutput.print(released.joined(separator: "\n")) }
        StandardError.print(result.problems, terminal)
        if let count = result.count { try StandardOutput.print(count) }
    }
}
