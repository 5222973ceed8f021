// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct ContainerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "container",
        abstract: "Do what the container images that register QEMU's emulators do.",
        usage: """
            binfmtctl container [<register-options>]
            binfmtctl container binfmtd [<options>]
            binfmtctl container <subcommand> [<options>]
            """,
        discussion: """
            This is the entry point of binfmtd's own image. It takes the options of 'binfmtctl register', which are \
            those of multiarch/qemu-user-static, docker/binfmt and tonistiigi/binfmt, mounts binfmt_misc if it is not \
            mounted, and changes the table without a daemon and without a file. With 'binfmtd' it becomes the daemon, \
            with a subcommand binfmtctl.

            A platform that already works in an empty root directory keeps its entry, even if another program \
            registered it; --reset replaces the entry. --uninstall unregisters entries that run an emulator of QEMU's. \
            Without an option, registers all emulators, unless an entry for one is registered already. After --install, \
            after --uninstall and without an option, prints the platforms that run here and the entries, as JSON.

            Exits 0 if each requested platform works, even if the binfmtd of the host registered it, and the entries \
            outlive the container; otherwise 1, with one line on standard error.

            Examples:
              docker run --rm --privileged binfmtd:\(Version.current) --reset -p yes
              docker run --rm --privileged binfmtd:\(Version.current) --install arm64,riscv64
              docker run -d --privileged binfmtd:\(Version.current) binfmtd
            """
    )

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("The command line.", valueName: "word"))
    var words: [String] = []

    func run() throws {
        switch words.first {
        case "--help", "-h": try StandardOutput.print(Self.helpMessage())
        case "--version", "-version": try StandardOutput.print(Self.version)
        case "binfmtd": try become(["binfmtd", "--mount"] + words.dropFirst())
        case "binfmtctl": try become(words)
        case let word? where !word.hasPrefix("-"): try become(["binfmtctl"] + words)
        default: try register()
        }
    }

    private func become(_ command: [String]) throws {
        let (path, error) = ProcessImage.replace(with: command)
        StandardError.print("error: cannot execute \(path): \(error)")
        throw ExitCode.failure
    }

    private func register() throws {
        let command: RegisterCommand
        do { command = try RegisterCommand.parse(words) } catch {
            StandardError.print("error: " + RegisterCommand.message(for: error))
            throw ExitCode.validationFailure
        }
        if command.permanent {
            StandardError.print("error: --permanent is of no use in a container, which is gone after a reboot")
            throw ExitCode.validationFailure
        }
        var options = command.options.host
        options.mount = true
        let paths = options.hostPaths
        let request = try command.request()
        let result = ContainerResult(request, paths)
        // As the image does whose command line this is.
        if command.options.json || request == nil || !command.install.isEmpty || !command.uninstall.isEmpty {
            let emulators = InstalledEmulators(paths)
            try StandardOutput.print(EmulatorsDocument(emulators))
            if result.problems.isEmpty, let problem = emulators.problem { StandardError.print("warning: \(problem)") }
        } else if let summary = result.summary {
            try StandardOutput.print(summary)
        }
        if result.problems.isEmpty { return }
        StandardError.print("error: " + result.problems.joined(separator: "; "))
        throw ExitCode.failure
    }

    /// As tonistiigi/binfmt prints it: `binfmtd/1.2.3 qemu/7.2.0`.
    private static var version: String {
        let offered = try? DesiredState(onThisHost: Configuration(files: []))
        let emulator = offered?.entries.first.flatMap { Emulator.version(of: $0.entry.interpreter.string) }
        let qemu = emulator.map { " " + $0.lowercased().replacing(" ", with: "/") } ?? ""
        return "binfmtd/\(Version.current)\(qemu)"
    }
}
