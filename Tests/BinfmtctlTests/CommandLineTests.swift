// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost
import SystemPackage
import Testing

@testable import binfmtctl

/// Command lines as ArgumentParser reads them.
@Suite struct CommandLineTests {
    private func parse<Command: ParsableCommand>(_ line: String, as type: Command.Type) throws -> Command {
        let words = line.split(separator: " ").map(String.init)
        return try #require(try Binfmtctl.parseAsRoot(words) as? Command, "\(line)")
    }

    @Test(arguments: [
        "status --json --root /x --registry /y --mount a b", "--json --root /x --registry /y --mount status a b",
        "--root=/x status a --json b --registry=/y --mount", "--mount --json status a --registry /y b --root /x",
        "--root /w status --root /x --registry /y --json --mount a b",
    ])
    func commonOptionsMayStandAnywhere(_ line: String) throws {
        let status = try parse(line, as: StatusCommand.self)
        #expect(status.options.json)
        #expect(status.options.host.root == "/x")
        #expect(status.options.host.registry == "/y")
        #expect(status.options.hostPaths.mounts)
        #expect(status.names == ["a", "b"])
    }

    @Test func theDefaultCommandIsStatus() throws {
        #expect(try parse("", as: StatusCommand.self).names == [])
        #expect(try parse("--json", as: StatusCommand.self).options.json)
        #expect(try parse("--wait 5 --root /x", as: StatusCommand.self).wait == 5)
        #expect(try parse("--json plan", as: PlanCommand.self).options.json)
        #expect(try parse("--root /x check a.toml", as: CheckCommand.self).files == ["a.toml"])
    }

    /// Words after `--` belong to the command that is run.
    @Test func optionsOfTheExecutedCommandAreItsOwn() throws {
        let exec = try parse("--root /x exec --config /c -- ls --json --root /z", as: ExecCommand.self)
        #expect(exec.command == ["ls", "--json", "--root", "/z"])
        #expect(exec.host.root == "/x" && exec.config == ["/c"])
    }

    @Test(arguments: [
        "plan --frobnicate", "plan extra", "status --root", "status --root relative", "--root relative status",
        "status --registry=", "--mount=yes plan", "exec --root relative -- true", "exec --json -- true", "exec",
        "--json exec -- true", "status --wait -1", "status --wait soon", "probe --timeout 0", "export --format debian",
        "register -t nonsense", "register --permanent", "register -p maybe", "explain",
    ])
    func mistakesExitWith64(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        do {
            let command = try Binfmtctl.parseAsRoot(words)
            Issue.record("\(line) is \(command)")
        } catch {
            #expect(Binfmtctl.exitCode(for: error).rawValue == 64)
            #expect(Binfmtctl.fullMessage(for: error).contains("Usage: binfmtctl"))
        }
    }

    // MARK: - The command's name

    @Test(
        arguments: [
            ("plan", "plan"), ("--json plan", "plan"), ("--root /x --mount stauts --wait 3", "stauts"),
            ("regster -t arm64", "regster"), ("--root=/x a --json", "a"), ("", nil), ("--json", nil), ("--help", nil),
            ("--version", nil), ("--wait 3 a", nil), ("--root", nil), ("--root relative a", nil), ("-t arm64", nil),
            ("--generate-completion-script bash", nil), ("plan --root", "plan"),
        ] as [(String, String?)])
    func theFirstWordIsTheCommand(_ line: String, _ word: String?) {
        #expect(CommandWord.find(in: line.split(separator: " ").map(String.init)).first == word)
    }

    /// Report D3: the command's own options may precede it, too.
    @Test(
        arguments: [
            ("--wait 5 status a", "status --wait 5 a"), ("-p yes register", "register -p yes"),
            ("--reset register -p yes", "register --reset -p yes"), ("--private probe arm64", "probe --private arm64"),
            ("--chroot cat explain f", "explain --chroot cat f"), ("--config x --json plan", "plan --config x --json"),
            ("--config x exec -- cat y", "exec --config x -- cat y"), ("--wait 5 a", "--wait 5 a"),
            ("--json plan", "--json plan"), ("status --wait 5", "status --wait 5"),
            ("--wait 5 -- status", "--wait 5 -- status"),
            ("---completion status -- names 1 2", "---completion status -- names 1 2"), ("--help", "--help"), ("", ""),
        ] as [(String, String)])
    func theCommandMayFollowItsOptions(_ line: String, _ moved: String) {
        func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
        let commands = ["help", "status", "plan", "explain", "probe", "register", "exec", "cat"]
        #expect(CommandWord.first(in: words(line), among: commands) == words(moved))
    }

    @Test(
        arguments: [
            ("stauts", "status"), ("regster", "register"), ("install", "register"), ("uninstall", "release"),
            ("ls", "status"), ("run", "exec"), ("qemu-aarch64", nil), ("reset", "register"),
        ] as [(String, String?)])
    func anUnknownCommandNamesTheNearest(_ word: String, _ command: String?) {
        let commands =
            ["help"]
            + Binfmtctl.configuration.groupedSubcommands.flatMap(\.subcommands)
            .compactMap { $0.configuration.commandName }
        let hint = command.map { " (did you mean '\($0)'?)" } ?? ""
        #expect(CommandHint.text(for: word, among: commands) == hint)
    }
}
