// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show all entries: their files, interpreters and states.",
        discussion: """
            The entries are listed in the order in which the kernel tries them. With names, shows all details of these \
            entries. Exits 0 if the kernel matches the configuration, 1 if not.

            With --watch, shows it again whenever it changes, until Ctrl-C, and exits 0: on a terminal in place, for \
            another program one after another, with --json a document in each line.

            Examples:
              binfmtctl
              binfmtctl status qemu-aarch64
              binfmtctl status --watch
              binfmtctl status --wait 10 && docker run --rm arm64v8/alpine uname -m
            """
    )

    @OptionGroup var options: CommonOptions

    @Option(
        help: ArgumentHelp("Wait up to SEC seconds for the kernel to match the configuration.", valueName: "sec"))
    var wait: Int?

    @Flag(help: "Show it again whenever it changes.")
    var watch = false

    @Argument(
        help: ArgumentHelp("Show only these entries, in detail.", valueName: "name"), completion: Completions.entries)
    var names: [String] = []

    func validate() throws {
        if let wait, !(0...86400).contains(wait) { throw ValidationError("'--wait' takes 0 to 86400 seconds.") }
        if watch, wait != nil { throw ValidationError("'--watch' and '--wait' cannot be combined.") }
    }

    func run() throws {
        if watch { return try follow() }
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

    private func follow() throws {
        var live = LiveText()
        do {
            try HostWatch(options.hostPaths).follow(output: .standardOutput) {
                let status = HostStatus(options.hostPaths, names: names)
                let terminal = Terminal()
                if options.json {
                    try live.add(StatusDocument(status).line)
                } else {
                    try live.show(text(of: status, terminal), on: terminal)
                }
                return status.interpreters
            }
        } catch let failure as StandardOutput.Failure where failure.error == .brokenPipe {
            // Its reader has seen enough.
        }
    }

    private func text(of status: HostStatus, _ terminal: Terminal) -> String {
        if names.isEmpty || status.snapshot == nil { return status.liveText(terminal) }
        let unknown = status.unknownNames.map { terminal.prose(status.unknown($0), hanging: 2) }
        return ([status.detail(terminal)] + unknown).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private func readStatus() -> HostStatus {
        let hostPaths = options.hostPaths
        var status = HostStatus(hostPaths, names: names)
        guard let wait, !status.isInSync else { return status }
        // Without a watch the status is still read a second time.
        _ = try? HostWatch(hostPaths).wait(.seconds(wait), watching: status.interpreters) {
            status = HostStatus(hostPaths, names: names)
            return status.isInSync
        }
        return status
    }
}
