// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import Glibc
import SystemPackage

struct ExecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a command that sees a registry of its own, with the declared entries.",
        usage: "binfmtctl exec [--config <file>] [--root <dir>] [--registry <dir>] -- <command> ...",
        discussion: """
            Foreign programs run in it without root, and without a change to the host's registry, which goes on as it \
            is for everybody else. It needs Linux 6.7, and user namespaces. What the entries hold ends with the command.

            The exit status is the command's; 125 if there is no such registry, 126 if the command cannot be executed, \
            127 if it is not there.

            Examples:
              binfmtctl exec -- ./busybox-arm64 uname -m
              binfmtctl exec --config arm.toml -- make check
            """
    )

    @Option(help: ArgumentHelp("Look for configuration below DIR.", valueName: "dir"), completion: .directory)
    var root: FilePath = "/"

    @Option(help: ArgumentHelp("Where to mount the registry.", valueName: "dir"), completion: .directory)
    var registry = HostPaths.standardRegistry

    @Option(
        help: ArgumentHelp("Take the entries of this file alone; may be repeated.", valueName: "file"),
        completion: .file())
    var config: [FilePath] = []

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command and its arguments.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        if command.isEmpty { throw ValidationError("Say behind '--' what to run.") }
    }

    func run() throws {
        let configuration = configuration
        StandardError.show(configuration.issues)
        // Of this host's own files a broken one costs no more than what is wrong in it; this one was asked for.
        if configuration.isBroken, !config.isEmpty { throw Self.noRegistry }
        let (user, group) = (geteuid(), getegid())
        do {
            let instance = try PrivateInstance(at: registry, configuration)
            for item in instance.desired.withheld where item.state != .disabled {
                StandardError.print("warning: Entry '\(item.declared.name)': \(item.reason); left out")
            }
            for (name, error) in instance.refused {
                StandardError.print("warning: Entry '\(name)': the kernel does not take it: \(error); left out")
            }
            if user != 0 { try UserNamespace.mapBack(toUser: user, group: group) }
        } catch {
            StandardError.print("error: \(error)")
            throw Self.noRegistry
        }
        let (path, error) = ProcessImage.replace(with: command)
        StandardError.print("error: cannot execute \(path): \(error); binfmtctl explain \(path)")
        throw error == .noSuchFileOrDirectory ? Self.noCommand : Self.cannotExecute
    }

    private var configuration: Configuration {
        var directories = HostPaths(root: root, registry: registry).configDirectories
        return config.isEmpty ? directories.read().configuration : Configuration(files: config)
    }

    // As env(1), timeout(1) and chroot(1) have it.
    private static let noRegistry = ExitCode(125)
    private static let cannotExecute = ExitCode(126)
    private static let noCommand = ExitCode(127)
}
