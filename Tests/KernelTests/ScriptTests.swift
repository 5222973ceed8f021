// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// What a script relies on: exit statuses, JSON, and that no error is lost.
    @Suite struct ScriptTests {
        private let root = TemporaryDirectory()
        private let program: String

        init() throws {
            _ = try PrivateRegistry.open()
            program = try Fixtures.program("binfmtctl")
            try declare("[entry.wine]\npreset = \"wine\"\ninterpreter = \"/bin/true\"\n")
        }

        private func declare(_ text: String) throws {
            try root.write("[qemu]\ntargets = []\n" + text, to: "etc/binfmtd/binfmtd.toml")
        }

        private func run(_ line: String) throws -> Program {
            let words = line.split(separator: " ").map { String($0).replacing("ROOT", with: root.path.string) }
            return try Program.run(program, words + ["--root", root.path.string])
        }

        private func json(_ line: String) throws -> (status: Int32, document: JSONValue) {
            let run = try run(line + " --json")
            return (run.status, try JSONValue(parsing: run.output))
        }

        /// Runs a line of a shell, in which `ctl` is the program.
        private func shell(_ line: String) throws -> Program {
            try Program.run(
                "bash",
                [
                    "-c", "ctl() { \"$ctl\" \"$@\" --root \"$root\"; }; ctl=$1 root=$2; cd $2; " + line, "bash",
                    program,
                    root.path.string,
                ])
        }

        // MARK: - As declared

        private static let states = [
            "active": ("[entry.x]\nextension = \"x\"\ninterpreter = \"/bin/true\"\n", true),
            "disabled": ("[entry.x]\nenabled = false\n", true),
            "native": ("[entry.x]\npreset = \"qemu-NATIVE\"\n", true),
            "refused": ("[entry.x]\nmagic = \"#!\"\ninterpreter = \"/bin/true\"\n", false),
            "waiting": ("[entry.x]\nextension = \"x\"\ninterpreter = \"/nowhere/x\"\nfix-binary = true\n", false),
            "failed": (
                "[entry.x]\nextension = \"x\"\ninterpreter = \"/dev/null\"\nallow-unsafe-interpreter = true\nfix-binary = true\n",
                false
            ),
        ]

        /// Report D1: an entry of one state gives one exit status, whichever command is asked, with the daemon and
        /// without.
        @Test(arguments: states.keys.sorted())
        func everyCommandHasTheSameRule(_ state: String) throws {
            let (text, isGood) = try #require(Self.states[state])
            let native = try Program.run("uname", ["-m"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
            try declare(text.replacing("NATIVE", with: native))
            let expected: Int32 = isGood ? 0 : 1
            #expect(try run("apply").status == expected)
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let entry = try json("status x").document["entries"]?.array?.first
            #expect(entry?["state"] == .string(state))
            for line in ["status", "status x", "status x --wait 0", "apply", "reload"] {
                #expect(try run(line).status == expected, "\(state): \(line)")
                let document = try json(line)
                #expect(document.status == expected, "\(state): \(line)")
                #expect((document.document["verdict"] == .string("in-sync")) == isGood, "\(state): \(line)")
                _ = daemon.unheardPasses()
            }
            #expect(daemon.stop() == 0)
            for line in ["status", "status x", "apply"] {
                #expect(try run(line).status == expected, "\(state): \(line)")
            }
        }

        /// An entry that can be registered, and one that is refused.
        private static let wineAndAll = """
            [entry.wine]
            preset = "wine"
            interpreter = "/bin/true"
            [entry.all]
            magic = "#!"
            interpreter = "/bin/true"
            """

        /// Report D6: another entry's state does not matter, and a name that no entry has is never in sync.
        @Test func namedEntriesAloneDecide() throws {
            try declare(Self.wineAndAll)
            #expect(try run("apply").status == 1)
            for line in ["status wine", "status --wait 5 wine"] { #expect(try run(line).status == 0, "\(line)") }
            for line in ["status all", "status wine all", "status wines", "status wine nothing --wait 0"] {
                let (status, document) = try json(line)
                #expect(status == 1 && document["verdict"] == .string("degraded"), "\(line)")
            }
            let unknown = try run("status wines")
            #expect(unknown.output == "" && unknown.errors == "No such entry: 'wines' (did you mean 'wine'?).\n")
        }

        /// Report D8: a daemon that was killed is seen in the exit status; one that stopped, or never ran, is not missed.
        @Test func aDeadDaemonIsNotInSync() throws {
            #expect(try run("apply").status == 0)
            #expect(try run("status").status == 0)
            let stopped = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(stopped.stop() == 0)
            #expect(try run("status").status == 0)
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try run("status").status == 0)
            daemon.crash()
            let dead = try run("status")
            #expect(dead.status == 1 && dead.output.contains("was killed or crashed"), "\(dead.output)")
            #expect(try run("status wine").status == 0)
            #expect(try run("reload").errors.contains("was killed or crashed"))
            #expect(try run("apply").status == 0)
            #expect(try run("status").status == 0)
        }

        /// Report C9: what cannot be seen is not denied. Entries outlive an umount(8) that the daemon did not make.
        @Test func withoutARegistryAForeignProgramIsUnknown() throws {
            _ = try root.writeProgram(Array("MZ".utf8), to: "foreign.exe")
            _ = try root.writeProgram(Array("#!/bin/true\n".utf8), to: "script")
            let unknown = try run("explain ROOT/foreign.exe --registry ROOT/nowhere")
            #expect(unknown.status == 1)
            #expect(unknown.output.contains("Whether the file runs is unknown: "), "\(unknown.output)")
            #expect(unknown.output.contains("/nowhere does not exist"), "\(unknown.output)")
            for (line, verdict) in [
                ("ROOT/foreign.exe --registry ROOT/nowhere", "unknown"),
                ("ROOT/script --registry ROOT/nowhere", "runs"), ("ROOT/foreign.exe", "fails"),
            ] {
                #expect(try json("explain " + line).document["verdict"] == .string(verdict), "\(line)")
            }
        }

        /// Report C9: a daemon that is stuck, and whom one waits for.
        @Test func aSlowReloadSaysWhomItWaitsFor() throws {
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            daemon.signal(SIGSTOP)
            let process = daemon.process.processIdentifier
            // The daemon goes on once the command has said something.
            let reload = try shell(
                "ctl reload 2> >(read -r line; echo \"$line\" >said; kill -CONT \(process)); status=$?; wait; "
                    + "cat said; exit $status")
            #expect(reload.output.hasSuffix("binfmtctl: waiting for binfmtd (PID \(process)) …\n"), "\(reload.output)")
            #expect(reload.status == 0)
        }

        /// Report D3: an option never makes the command an entry's name.
        @Test func optionsMayPrecedeTheCommand() throws {
            #expect(try run("apply").status == 0)
            try root.write("[entry.jar]\nextension = \"jar\"\ninterpreter = \"/bin/true\"\n", to: "jar.toml")
            for (line, status) in [
                ("--wait 0 status wine", 0), ("--wait 0 wine", 0), ("--json plan", 0), ("--root ROOT check", 0),
                ("--config ROOT/jar.toml plan", 2), ("--json --config ROOT/jar.toml plan", 2),
                ("--private probe wine", 1),
                ("--format toml check ROOT/jar.toml", 0), ("-t arm64 register", 0),
                ("--uninstall arm64 --json register", 0),
                ("--off-root release", 0), ("--chroot / explain /bin/true", 0),
            ] as [(String, Int32)] {
                let run = try run(line)
                #expect(run.status == status && run.errors == "", "\(line): \(run)")
            }
        }

        // MARK: - Files

        /// Report D4: Ansible's `validate: binfmtctl check %s` gives a temporary name.
        @Test func aFileOfAnyNameIsRecognised() throws {
            let broken = "[entry.x]\nextention = \"x\"\ninterpreter = \"/bin/true\"\n"
            try root.write(broken, to: "tmpa1b2c3")
            let toml = try run("check ROOT/tmpa1b2c3")
            #expect(toml.status == 1 && toml.output.contains(":2:1: error: Entry 'x': "), "\(toml.output)")
            #expect(toml.output.contains("\n    extention = \"x\"\n    ^\n"))
            try root.write(":x:E::x::/bin/true:\n", to: "tmpd4")
            #expect(try run("check ROOT/tmpd4").output == "1 entry, 0 errors, 0 warnings.\n")
            try root.write("interpreter /bin/true\nextension x\n", to: "tmpe5")
            #expect(try run("check ROOT/tmpe5").output == "1 entry, 0 errors, 0 warnings.\n")
            // The format that is given counts, and so does a name that tells it.
            #expect(try run("check --format toml ROOT/tmpd4").status == 1)
            try root.write(":x:E::x::/bin/true:\n", to: "lines.toml")
            #expect(try run("check ROOT/lines.toml").status == 1)
            #expect(try run("check --format binfmt.d ROOT/lines.toml").status == 0)
            #expect(try run("check --format nonsense ROOT/tmpd4").status == 64)
            #expect(try run("check --format toml").status == 64)
        }

        @Test func standardInputIsAFile() throws {
            let toml = try shell("printf '[entry.x]\\nmagic = 1\\n' | ctl check -")
            #expect(toml.status == 1 && toml.output.hasPrefix("-:2:9: error: Entry 'x': "), "\(toml.output)")
            #expect(toml.output.contains("\n    magic = 1\n            ^\n"), "\(toml.output)")
            let lines = try shell("printf ':x:E::x::/bin/true:\\n' | ctl check --json -")
            #expect(lines.status == 0, "\(lines.output)")
            #expect(try JSONValue(parsing: lines.output)["entries"] == .integer(1))
            #expect(try shell("printf 'interpreter /bin/true\\n' | ctl check --format binfmts -").status == 1)
        }

        /// `check` and `status` count the same entries.
        @Test func checkCountsAsStatusDoes() throws {
            try declare(
                Self.wineAndAll + """

                    [entry.later]
                    extension = "later"
                    interpreter = "/nowhere/later"
                    fix-binary = true
                    [entry.off]
                    enabled = false
                    """)
            let check = try json("check")
            let entries = try #require(json("status").document["entries"]?.array)
            #expect(check.document["entries"] == .integer(entries.count) && entries.count == 4)
            let issues = try #require(check.document["issues"]?.array)
            #expect(issues.count { $0["code"] == .string("not-registered") } == 2)
            #expect(check.status == 0)
        }

        /// Report D5: what a file would change before it is saved.
        @Test func planShowsAFileThatIsNotSaved() throws {
            #expect(try run("apply").status == 0)
            try root.write("[entry.jar]\nextension = \"jar\"\ninterpreter = \"/bin/true\"\n", to: "jar.toml")
            try root.write("[entry.wine]\nextension = \"w\"\ninterpreter = \"/bin/true\"\n", to: "wine")
            try root.write(":line:E::line::/bin/true:\n", to: "line.conf")
            func changes(_ line: String) throws -> [JSONValue?] {
                let (status, document) = try json(line)
                #expect(status == 2, "\(line)")
                return try #require(document["changes"]?.array).map { $0["name"] }
            }
            #expect(try changes("plan --config ROOT/jar.toml") == [.string("jar")])
            #expect(try changes("plan --config ROOT/wine") == [.string("wine")])
            #expect(
                Set(
                    try changes("plan --config ROOT/jar.toml ROOT/line.conf --config ROOT/wine").compactMap {
                        $0?.string
                    })
                    == ["jar", "line", "wine"])
            // The main file is replaced.
            try root.write("[qemu]\ntargets = []\n", to: "new/binfmtd.toml")
            let removal = try run("plan --config ROOT/new/binfmtd.toml")
            #expect(removal.output.hasPrefix("- wine (unregister)"), "\(removal.output)")
            let typed = try shell(
                "printf '[entry.jar]\\nextension = \"jar\"\\ninterpreter = \"/bin/true\"' | ctl plan --config -")
            #expect(typed.status == 2 && typed.output.hasPrefix("+ jar (register)"), "\(typed.output)")

            try root.write("[entry.jar]\nextention = \"jar\"\n", to: "jar.toml")
            let broken = try run("plan --config ROOT/jar.toml")
            #expect(broken.status == 1 && broken.errors.contains("entries.d/jar.toml:2:1: "), "\(broken.errors)")
            let missing = try run("plan --config ROOT/nothing.toml")
            #expect(
                missing.status == 1 && missing.errors.hasPrefix("cannot read \(root.path)/nothing.toml: ")
                    && missing.output == "")
            #expect(try run("plan").status == 0)
            #expect(try PrivateRegistry.names() == ["wine"])
        }

        /// A broken file makes the plan uncertain, whatever else it would change.
        @Test func planOfABrokenConfigurationIsAnError() throws {
            #expect(try run("plan").status == 2)
            try root.write("[entry.x]\ncolour = 1\n", to: "etc/binfmtd/entries.d/x.toml")
            #expect(try run("plan").status == 1)
        }

        // MARK: - Changes

        /// Report D7.
        @Test func aCommandSaysWhetherItChangedAnything() throws {
            func changed(_ line: String) throws -> JSONValue? { try json(line).document["changed"] }
            #expect(try changed("apply") == .boolean(true))
            #expect(try changed("apply") == .boolean(false))
            #expect(try run("apply").output == "Nothing changed.\nEntries: 1 active\n")
            let register = "register -t arm64"
            #expect(try changed(register) == .boolean(true))
            #expect(try changed(register) == .boolean(false))
            #expect(try run("register -t arm64 --json").status == 0)
            #expect(try changed("register --uninstall arm64") == .boolean(true))
            #expect(try changed("register --uninstall arm64") == .boolean(false))
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            for line in ["reload", "apply"] {
                #expect(try changed(line) == .boolean(false), "\(line)")
                _ = daemon.unheardPasses()
            }
            #expect(try changed("register -t s390x") == .boolean(true))
            _ = daemon.unheardPasses()
            #expect(try changed("register -t s390x") == .boolean(false))
            #expect(daemon.stop() == 0)
        }

        // MARK: - Errors

        /// Report D8.
        @Test func errorsAreOnStandardError() throws {
            for line in [
                "status --registry /tmp", "plan --registry /tmp", "apply --registry /tmp", "release --registry /tmp",
                "reload",
                "status nothing",
            ] {
                let run = try run(line)
                #expect(run.status == 1 && run.output == "" && run.errors != "", "\(line): \(run)")
            }
            for line in ["help nosuch", "help --json nosuch", "nosuch"] {
                let run = try Program.run(program, line.split(separator: " ").map(String.init))
                #expect(run.status == 64 && run.errors.contains("unknown command 'nosuch'"), "\(line): \(run)")
            }
            for line in ["help", "help status", "--help", "status --help", "--version"] {
                let run = try Program.run(program, line.split(separator: " ").map(String.init))
                #expect(run.status == 0 && run.errors == "" && !run.output.isEmpty, "\(line): \(run)")
            }
        }

        /// Report D8: one valid document on standard output, whatever is wrong.
        @Test(arguments: [
            "--json plan --frobnicate", "status --wait soon --json", "nosuch --json", "--json nosuch",
            "help nosuch --json",
            "explain --json", "register -t nonsense --json", "check --format nonsense --json x", "--json exec -- true",
        ])
        func aWrongCommandLineIsADocument(_ line: String) throws {
            let run = try Program.run(program, line.split(separator: " ").map(String.init))
            #expect(run.status == 64 && run.errors != "")
            let schema = try JSONSchema(published: "binfmtctl.schema.json")
            let document = try JSONValue(parsing: run.output)
            #expect(schema.strict.problems(document, as: "failure") == [])
            #expect(document["verdict"] == .string("misuse") && document["status"] == .integer(64))
        }

        // MARK: - Output

        /// Report D10.
        @Test func aLocaleWithoutUTF8GetsASCII() throws {
            for line in [
                "ctl plan", "ctl apply", "ctl status", "ctl status wine", "ctl explain /bin/true",
                "ctl status wines 2>&1",
            ] {
                let plain = try shell("LC_ALL=C; export LC_ALL; " + line)
                #expect(plain.output.utf8.allSatisfy { $0 < 0x80 } && !plain.output.isEmpty, "\(line): \(plain.output)")
            }
            #expect(try shell("LC_ALL=C; export LC_ALL; ctl status").output.contains("\n* wine "))
            #expect(try shell("LC_ALL=C.UTF-8; export LC_ALL; ctl status").output.contains("\n● wine "))
        }

        /// Report D10.
        @Test func aDumbTerminalHasNoColours() throws {
            for (type, hasColor) in [("dumb", false), ("xterm", true)] {
                let run = try Program.runOnTerminal(
                    program, ["plan", "--root", root.path.string], columns: 80,
                    environment: ["TERM": type, "NO_COLOR": ""])
                #expect(run.output.contains("\u{1b}[") == hasColor, "\(type)")
            }
        }

        /// Those for a host, which get the test's own root directory, and the others.
        private static let commands =
            [
                "status", "plan", "explain /bin/true", "probe", "apply", "register", "register -t arm64", "release",
                "check", "cat", "import", "export", "status --json", "plan --json", "apply --json", "check --json",
            ].map { "\($0) --root \"$1\"" }
            + ["--help", "help status", "--version", "--generate-completion-script bash", "nosuch --json"]

        /// Report A13: a full disk, and a closed standard output.
        @Test(arguments: commands)
        func outputThatCannotBeWrittenIsAnError(_ line: String) throws {
            for (redirection, error) in [(">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")] {
                let run = try Program.run(
                    "bash", ["-c", "\"$0\" \(line) \(redirection)", program, root.path.string])
                #expect(run.status == 1, "\(line) \(redirection): \(run)")
                #expect(
                    run.errors.hasSuffix("binfmtctl: cannot write to standard output: \(error)\n"),
                    "\(line): \(run.errors)")
            }
        }

        /// Report A13: a file that is opened while standard output is closed must not take its place.
        @Test func closedDescriptorsReachNoFile() throws {
            for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
                _ = try shell("ctl apply \(closed)")
                _ = try shell("ctl register -t arm64 \(closed)")
                #expect(try PrivateRegistry.names() == ["qemu-aarch64", "wine"], "\(closed)")
                _ = try run("release")
            }
        }

        /// Report A13: a reader that has seen enough ends the command as it ends any other.
        @Test func aReaderMayGo() throws {
            // Whether it was there to the end is a matter of luck.
            let run = try shell("ctl status | true; echo ${PIPESTATUS[0]}")
            #expect(["1\n", "141\n"].contains(run.output) && run.errors == "", "\(run)")
        }
    }
}
