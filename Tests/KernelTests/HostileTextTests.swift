// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Files, paths and other programs' entries with characters that a terminal or a log would obey. (Reports B16, B17)
    @Suite struct HostileTextTests {
        private let root = TemporaryDirectory()

        init() throws {
            _ = try PrivateRegistry.open()
            try root.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
        }

        private func run(_ arguments: [String]) throws -> Program {
            try Program.run(Fixtures.program("binfmtctl"), arguments + ["--root", root.path.string])
        }

        /// Registers an entry for files that begin with a magic, as another program may.
        private func register(_ name: String, _ magic: String, _ interpreter: String) throws {
            try PrivateRegistry.write("|\(name)|M||\(magic)||\(interpreter)|", to: "register")
        }

        @Test func nothingTheyContainReachesATerminalOrALog() throws {
            for (number, text) in HostileText.all.enumerated() {
                try register("\(number)\(text)", "HOSTILE\(number)A", "/bin/\(text)")
                try root.write(
                    "[entry.e\(number)]\n'\(text)' = 1\nx = ?\(text)\n", to: "etc/binfmtd/entries.d/\(text).toml")
                let lines = "|\(text)|M||Y||/bin/true|\n|b\(number)|M||\(text)||/\(text)|\n"
                try root.write(lines, to: "etc/binfmt.d/\(number).conf")
            }
            let commands = [
                ["check"], ["plan"], ["status"], ["status", "0\(HostileText.all[0])"], ["import", "kernel"], ["cat"],
                ["import", root.path.appending("etc/binfmt.d/0.conf").string], ["export"], ["apply"], ["release"],
                ["explain", "/bin/\(HostileText.all[0])"], ["exec", "--", "/bin/\(HostileText.all[2])"],
            ]
            for command in commands {
                for json in [[], ["--json"]] where command[0] != "exec" || json.isEmpty {
                    let run = try run(command + json)
                    // The content of a file is for another program, byte by byte.
                    let output = [["cat"], ["export"]].contains(command) && json.isEmpty ? "" : run.output
                    #expect(HostileText.obeyed(in: output + run.errors).isEmpty, "\(command + json)")
                    #expect(!(output + run.errors).contains("\nenabled: forged"), "\(command + json)")
                    #expect(!(run.output + run.errors).isEmpty)
                }
            }
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            daemon.signal(SIGUSR1)
            try daemon.waitUntilAsleep()
            #expect(daemon.stop() == 0)
            #expect(daemon.log.contains("\\x1b[31m"))
            #expect(HostileText.obeyed(in: daemon.log).isEmpty)
            let isMarked = daemon.log.split(separator: "\n").allSatisfy { $0.hasPrefix("<") }
            #expect(isMarked, "a forged line:\n\(daemon.log)")
        }

        /// Another program's entry whose interpreter contains the lines of the declared one.
        @Test func anEntryThatLooksLikeADeclaredOneIsNotTaken() throws {
            try root.write(
                "[entry.jar]\nextension = \"jar\"\ninterpreter = \"/bin/true\"\n", to: "etc/binfmtd/entries.d/jar.toml")
            try register("jar", "FORGED", "/bin/true\nflags: \nextension .jar")
            let before = try #require(PrivateRegistry.text("jar"))
            #expect(before.hasPrefix("enabled\ninterpreter /bin/true\nflags: \nextension .jar\nflags: \n"))
            let plan = try run(["plan"])
            #expect(plan.output.hasPrefix("~ jar (replace): "), "\(plan.output)")
            let status = try run(["status"])
            #expect(!status.output.contains("● jar"), "\(status.output)")
        }
    }
}
