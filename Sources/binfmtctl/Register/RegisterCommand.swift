// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct RegisterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Register QEMU's emulators, with the options of the common container images.",
        discussion: """
            Accepts the options of multiarch/qemu-user-static, docker/binfmt and tonistiigi/binfmt, in any order. Writes \
            one drop-in for each entry, below /run or with --permanent below /etc, and waits until the kernel has the \
            entries. No other entry changes.

            Without '-p yes' the emulator is looked up inside each container, and this host needs none. Without any \
            option, prints the platforms that run here and the entries, as JSON. Exits 0 if each entry is as requested, \
            1 if not; a request that is refused changes nothing.

            Examples:
              binfmtctl register --reset -p yes           # like multiarch/qemu-user-static
              binfmtctl register --install arm64,riscv64  # like tonistiigi/binfmt
              binfmtctl register --uninstall 'qemu-*'
              binfmtctl register -t s390x -p yes --permanent
            """
    )

    enum Answer: String, CaseIterable, ExpressibleByArgument { case yes, no }

    @OptionGroup var options: CommonOptions

    @Flag(help: "Replace entries of these names that other programs registered.")
    var reset = false

    @Option(
        name: [.customShort("p", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Have the kernel hold the emulator open (flag F), so that containers need none.", valueName: "answer"))
    var persistent: Answer?

    @Option(
        name: [.customShort("c", allowingJoined: true), .long],
        help: ArgumentHelp("Honour the set-uid bits of foreign programs (flag C).", valueName: "answer"))
    var credential: Answer?

    @Option(
        name: [.customShort("t", allowingJoined: true), .long],
        help: ArgumentHelp("Register only this target; may be repeated.", valueName: "target"),
        completion: Completions.targets)
    var target: [String] = []

    @Option(
        name: [.customShort("Q"), .long],
        help: ArgumentHelp("The directory of the emulators.", valueName: "dir"), completion: .directory)
    var qemuPath: FilePath?

    @Option(
        name: [.customShort("F"), .long], parsing: .unconditional,
        help: ArgumentHelp("The end of an emulator's name, after the target.", valueName: "suffix"))
    var qemuSuffix: String?

    @Option(
        name: [.customShort("g"), .long],
        help: ArgumentHelp("Pass on the name that a program was called by (flag P).", valueName: "answer"))
    var preserveArgv0: Answer?

    @Option(
        help: ArgumentHelp(
            "Same as '-p yes -t': 'all' installed emulators, or a comma-separated list.", valueName: "targets"),
        completion: Completions.targetList)
    var install: [String] = []

    @Option(
        help: ArgumentHelp("Unregister these entries or targets; '*' matches any text.", valueName: "names"),
        completion: Completions.entryList)
    var uninstall: [String] = []

    @Flag(help: "Persist across reboots.")
    var permanent = false

    func validate() throws {
        let request = try request()
        if let qemuPath, !qemuPath.isAbsolute { throw ValidationError("'\(qemuPath)' is not an absolute path.") }
        if qemuSuffix?.contains("/") == true { throw ValidationError("A suffix must not contain '/'.") }
        if permanent, request == nil {
            throw ValidationError("Nothing to register; use -t, --install or --reset.")
        }
    }

    func run() throws {
        guard let request = try request() else { return try showEmulators() }
        let result = RegisterResult(request, options.hostPaths)
        if options.json {
            try StandardOutput.print(RegisterDocument(result))
        } else {
            let terminal = Terminal()
            for warning in result.warnings { StandardError.print("warning: \(warning)") }
            let lines = result.lines(terminal)
            if !lines.isEmpty { try StandardOutput.print(lines.joined(separator: "\n")) }
            StandardError.print(result.problems, terminal)
            try StandardOutput.print(terminal.prose(result.summary))
        }
        if !result.isGood { throw ExitCode.failure }
    }

    private func showEmulators() throws {
        let emulators = InstalledEmulators(options.hostPaths)
        try StandardOutput.print(EmulatorsDocument(emulators))
        guard let problem = emulators.problem else { return }
        StandardError.print("error: \(problem)")
        throw ExitCode.failure
    }
}

// MARK: - The request

extension RegisterCommand {
    /// - Returns: nil if the options request nothing.
    func request() throws -> RegisterRequest? {
        let answers = [persistent, credential, preserveArgv0]
        let isSilent = answers.allSatisfy { $0 == nil } && !reset && qemuPath == nil && qemuSuffix == nil
        let removed = uninstall.flatMap { $0.split(separator: ",").map(String.init) }
        let installed = install.flatMap { $0.split(separator: ",").map(String.init) }
        let named = try (target + installed.filter { $0 != "all" })
            .flatMap { $0.split(separator: ",") }.map { try Self.target(String($0)) }
        if isSilent, named.isEmpty, removed.isEmpty, installed.isEmpty { return nil }

        let isPersistent = persistent.map { $0 == .yes } ?? !installed.isEmpty
        var selection: RegisterRequest.Selection?
        if installed.contains("all") {
            selection = .installed
        } else if !named.isEmpty {
            selection = .targets(named)
        } else if !isSilent, removed.isEmpty {
            selection = isPersistent ? .installed : .all
        }
        var flags: EntryFlags = isPersistent ? .fixBinary : []
        if credential == .yes { flags.insert(.credentials) }
        if preserveArgv0 == .yes { flags.insert(.preserveArgv0) }
        let command = (["binfmtctl"] + CommandLine.arguments.dropFirst().map(ShellWord.quote)).joined(separator: " ")
        return RegisterRequest(
            command: command, selection: selection, removed: removed, replacesForeign: reset, flags: flags,
            directory: qemuPath, suffix: qemuSuffix, lifetime: permanent ? .permanent : .runtime)
    }

    /// The target of a name of Docker's, Debian's, QEMU's or uname's. Docker's variants of a platform are one target.
    private static func target(_ text: String) throws -> QemuTarget {
        let withoutVariant = text.lastIndex(of: "/").map { String(text[..<$0]) } ?? text
        if let target = QemuTarget.named(text) ?? QemuTarget.named(withoutVariant) { return target }
        let hint = Spelling.hint(for: text, among: QemuTarget.allNames)
        throw ValidationError("QEMU has no target '\(text)'\(hint).")
    }
}
