// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show all entries: their files, interpreters and states.",
        discussion: """
            The entries are listed in the order in which the kernel tries them. With names, shows all details of these \
            entries. Exits 0 if the kernel matches the configuration, 1 if not.

            Examples:
              binfmtctl
              binfmtctl status qemu-aarch64
              binfmtctl status --wait 10 && docker run --rm arm64v8/alpine uname -m
            """
    )

    @OptionGroup var options: CommonOptions

    @Option(
        help: ArgumentHelp("Wait up to SEC seconds for the kernel to match the configuration.", valueName: "sec"))
    var wait: Int?

    @Argument(
        help: ArgumentHelp("Show only these entries, in detail.", valueName: "name"), completion: Completions.entries)
    var names: [String] = []

    func validate() throws {
        if let wait, !(0...86400).contains(wait) { throw ValidationError("'--wait' takes 0 to 86400 seconds.") }
    }

    func run() throws {
        let status = readStatus()
        if options.json {
            try StandardOutput.print(StatusDocument(status))
        } else {
            try show(status)
        }
        if !status.isInSync { throw ExitCode.failure }
    }

    private func show(_ status: HostStatus) throws {
        let terminal = Terminal()
        if status.snapshot == nil { return StandardError.print([status.summary], terminal) }
        let text = names.isEmpty ? status.text(terminal) : status.detail(terminal)
        if !text.isEmpty { try StandardOutput.print(text) }
        StandardError.print(status.unknownNames.map(status.unknown), terminal)
    }

    private func readStatus() -> HostStatus {
        let hostPaths = options.hostPaths
        var status = HostStatus(hostPaths, names: names)
        guard let wait, !status.isInSync else { return status }
        let interpreters = status.snapshot?.configuration.entries.flatMap(\.interpreters) ?? []
        // Without a watch the status is still read a second time.
        _ = try? HostWatch(hostPaths).wait(.seconds(wait), watching: interpreters) {
            status = HostStatus(hostPaths, names: names)
            return status.isInSync
        }
        return status
    }
}
