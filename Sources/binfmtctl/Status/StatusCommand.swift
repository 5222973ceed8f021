// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show every entry: what it is for, what runs it, and whether it is as declared.",
        discussion: """
            The entries are listed in the order in which the kernel asks them. One that is named is shown in full. Exits 0 \
            if the kernel is as declared, 1 if not.

            Examples:
              binfmtctl
              binfmtctl status qemu-aarch64
              binfmtctl status --wait 10 && docker run --rm arm64v8/alpine uname -m
            """
    )

    @OptionGroup var options: CommonOptions

    @Option(help: ArgumentHelp("Wait so many seconds at most until it is as declared.", valueName: "sec"))
    var wait: Int?

    @Argument(
        help: ArgumentHelp("Show these entries alone, in full.", valueName: "name"), completion: Completions.entries)
    var names: [String] = []

    func validate() throws {
        if let wait, !(0...86400).contains(wait) { throw ValidationError("--wait takes 0 to 86400 seconds.") }
    }

    func run() throws { try Self.run(options.values, wait: wait, names: names) }

    static func run(_ options: CommonValues, wait: Int? = nil, names: [String] = []) throws {
        let status = look(options.installation, wait, names)
        if options.json {
            print(try status.document.json)
        } else {
            show(status, names)
        }
        if !status.isInSync { throw ExitCode.failure }
    }

    private static func look(_ installation: Installation, _ wait: Int?, _ names: [String]) -> HostStatus {
        var status = HostStatus(installation, names: names)
        guard let wait, !status.isInSync else { return status }
        let interpreters = status.picture?.configuration.entries.flatMap(\.interpreters) ?? []
        // What cannot be watched is looked at twice.
        _ = try? HostWatch(installation).wait(.seconds(wait), watching: interpreters) {
            status = HostStatus(installation, names: names)
            return status.isInSync
        }
        return status
    }

    private static func show(_ status: HostStatus, _ names: [String]) {
        let terminal = Terminal()
        guard !names.isEmpty, status.picture != nil else { return print(status.text(terminal)) }
        var blocks = status.lines.map { StatusDetail($0, status, terminal).text }
        blocks += status.unknownNames.map { name in
            let nearest = Spelling.hint(for: name, among: status.everyLine.map(\.name))
            return terminal.prose("There is no entry '\(name)'\(nearest).")
        }
        print(blocks.joined(separator: "\n\n"))
    }
}
