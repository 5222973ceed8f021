// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import Glibc
import SystemPackage

struct ExecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a command with a private table that has the declared entries.",
        usage: "binfmtctl exec [<option> ...] [--config <file>] -- <command> ...",
        discussion: """
            Foreign programs run in it without root, and the host's table does not change. It needs Linux 6.7 and user \
            namespaces. The table ends with the command.

            The exit status is the command's; 125 if there can be no private table, 126 if the command cannot be \
            executed, 127 if it does not exist.

            Examples:
              binfmtctl exec -- ./busybox-arm64 uname -m
              binfmtctl exec --config arm.toml -- make check
            """
    )

    @OptionGroup var host: HostOptions

    /// Declared only to be rejected: all output is the command's.
    @OptionGroup(visibility: .private) var format: FormatOptions

    @Option(
        help: ArgumentHelp("Use only the entries of this file; may be repeated.", valueName: "file"),
        completion: .file())
    var config: [FilePath] = []

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command and its arguments.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        if format.json { throw ValidationError("'exec' has no JSON output.") }
        if command.isEmpty { throw ValidationError("Missing command; put it after '--'.") }
    }

    func run() throws {
        let configuration = configuration
        StandardError.show(configuration.issues)
        // An error in the host's configuration costs only the entry; a file that was named has to be valid.
        if configuration.isBroken, !config.isEmpty { throw Self.noRegistry }
        let (user, group) = (geteuid(), getegid())
        do {
            let instance = try PrivateInstance(at: host.registry, configuration)
            for item in instance.desired.withheld where !item.state.isAsDeclared {
                StandardError.print("warning: Entry '\(item.declared.name)' is not registered: \(item.reason)")
            }
            for (name, failure) in instance.refused {
                StandardError.print("warning: Entry '\(name)' is not registered: \(failure)")
            }
            if user != 0 { try UserNamespace.mapBack(toUser: user, group: group) }
        } catch {
            StandardError.print("error: \(error)")
            throw Self.noRegistry
        }
        let (path, error) = ProcessImage.replace(with: command)
        StandardError.print("error: cannot execute \(path): \(error); see binfmtctl explain \(path)")
        throw error == .noSuchFileOrDirectory ? Self.noCommand : Self.cannotExecute
    }

    private var configuration: Configuration {
        var directories = host.hostPaths.configDirectories(beside: nil)
        return config.isEmpty ? directories.read().configuration : Configuration(config.map { NamedFile($0) })
    }

    // The same as those of env(1), timeout(1) and chroot(1).
    private static let noRegistry = ExitCode(125)
    private static let cannotExecute = ExitCode(126)
    private static let noCommand = ExitCode(127)
}
