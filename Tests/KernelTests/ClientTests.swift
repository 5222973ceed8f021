// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The output and exit status of binfmtctl; `ROOT` stands for the test's own directory.
    @Suite struct ClientTests {
        private let root = TemporaryDirectory()

        init() throws {
            _ = try PrivateRegistry.open()
            try root.write(
                """
                [qemu]
                targets = []
                [entry.wine]
                preset = "wine"
                interpreter = "/bin/true"
                [entry.jar]
                extension = "jar"
                interpreter = "/nowhere/jexec"
                [entry.later]
                magic = "LATER"
                interpreter = "/nowhere/later"
                fix-binary = true
                [entry.all]
                magic = "#!"
                interpreter = "/bin/true"

                """, to: "etc/binfmtd/binfmtd.toml")
        }

        private func run(_ arguments: String...) throws -> (status: Int32, text: String) {
            let run = try Program.run(Fixtures.program("binfmtctl"), arguments + ["--root", root.path.string])
            return (run.status, (run.output + run.errors).replacing(root.path.string, with: "ROOT"))
        }

        private func json(_ arguments: String...) throws -> (status: Int32, document: [String: Any]) {
            let run = try Program.run(
                Fixtures.program("binfmtctl"), arguments + ["--json", "--root", root.path.string])
            let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
            return (run.status, try #require(document as? [String: Any]))
        }

        @Test func planShowsWhatApplyThenDoes() throws {
            let plan = try run("plan")
            #expect(plan.status == 2)
            #expect(
                plan.text == """
                    + jar (register): declared
                        + *.jar → /nowhere/jexec
                    + wine (register): declared
                        + 'MZ' → /bin/true
                    2 changes in 2 writes to the kernel.

                    """)
            let apply = try run("apply")
            #expect(apply.status == 1)
            #expect(
                apply.text == """
                    2 entries registered: jar, wine
                    Entries: 2 active, 1 waiting, 1 refused
                    ROOT/etc/binfmtd/binfmtd.toml:9:8: Entry 'later' is waiting for its interpreter: \
                    /nowhere/later does not exist
                    ROOT/etc/binfmtd/binfmtd.toml:13:8: Entry 'all' is refused: its pattern matches ordinary scripts \
                    (#!), which would then run through /bin/true. Override: allow-native = true

                    """)
            let again = try run("plan")
            #expect(again.status == 0)
            #expect(again.text == "Nothing to change. Entries: 2 active, 1 waiting, 1 refused\n")
        }

        @Test func statusShowsEveryEntry() throws {
            try PrivateRegistry.write(":theirs:M::THEIRS::/bin/sh:P", to: "register")
            _ = try run("apply")
            let status = try run()
            #expect(status.status == 1)
            #expect(
                status.text == """
                      ENTRY   STATE    FLAGS  RECOGNISES  INTERPRETER     DECLARED
                    ● jar     active          *.jar       /nowhere/jexec  ROOT/etc/binfmtd/binfmtd.toml:6
                    ● wine    active          'MZ'        /bin/true       ROOT/etc/binfmtd/binfmtd.toml:3
                    ○ theirs  foreign  P      'THEIRS'    /bin/sh         foreign
                    ○ later   waiting  F      'LATER'     /nowhere/later  ROOT/etc/binfmtd/binfmtd.toml:9
                    ✗ all     refused         '#!'        /bin/true       ROOT/etc/binfmtd/binfmtd.toml:13

                    Entries: 2 active, 1 waiting, 1 refused, 1 foreign
                    binfmtd is not running, so changes by other programs are not undone. Start it: systemctl start binfmtd

                    jar: this host has no /nowhere/jexec
                    later: /nowhere/later does not exist
                    all: its pattern matches ordinary scripts (#!), which would then run through /bin/true. Override: \
                    allow-native = true

                    """)
            #expect(try run("status", "wines").text == "No such entry: 'wines' (did you mean 'wine'?).\n")
        }

        /// The common options may stand before and after the command's name.
        @Test(arguments: ["status", "plan", "check", "cat", "export"])
        func commonOptionsMayStandAnywhere(_ command: String) throws {
            func run(_ arguments: [String]) throws -> Program {
                try Program.run(Fixtures.program("binfmtctl"), arguments)
            }
            _ = try self.run("apply")
            let root = root.path.string
            let expected = try run([command, "--root", root, "--json"])
            #expect(expected.output.hasPrefix("{") && expected.errors.isEmpty)
            for arguments in [
                ["--root", root, "--json", command], ["--json", command, "--root=\(root)"],
                ["--root", "/nowhere", command, "--json", "--root", root],
                ["--mount", "--registry", PrivateRegistry.path.string, "--json", "--root", root, command],
            ] {
                let run = try run(arguments)
                #expect(run.output == expected.output, "\(arguments)")
                #expect(run.errors.isEmpty && run.status == expected.status, "\(arguments)")
            }
            for wrong in [["--root"], ["--root", "relative"], ["--root="], ["--mount=yes"], ["--root", "--json"]] {
                for arguments in [wrong + [command], [command] + wrong] {
                    let run = try run(arguments)
                    #expect(run.status == 64 && run.errors.contains("Usage: binfmtctl"), "\(arguments): \(run)")
                }
            }
        }

        @Test func optionsMayStandBetweenNames() throws {
            _ = try run("apply")
            let expected = try json("status", "wine", "jar")
            let names = try #require(expected.document["entries"] as? [[String: Any]]).map { $0["name"] as? String }
            #expect(names == ["jar", "wine"])
            let program = try Fixtures.program("binfmtctl")
            let mixed = try Program.run(
                program, ["--root", root.path.string, "status", "wine", "--json", "jar", "--wait", "0"])
            let plain = try Program.run(program, ["status", "wine", "jar", "--json", "--root", root.path.string])
            #expect(mixed.output == plain.output && mixed.status == plain.status)
        }

        @Test func statusAsJSONHasEveryMember() throws {
            _ = try run("apply")
            let (status, document) = try json("status")
            #expect(status == 1)
            #expect(Set(document.keys) == ["version", "verdict", "summary", "registry", "daemon", "entries", "issues"])
            #expect(document["version"] as? Int == 1)
            #expect(document["verdict"] as? String == "degraded")
            let registry = try #require(document["registry"] as? [String: Any])
            #expect(registry["enabled"] as? Bool == true)
            let entries = try #require(document["entries"] as? [[String: Any]])
            let members: Set = [
                "name", "state", "owner", "interpreter", "flags", "kernel-flags", "priority", "recognition", "platform",
                "order", "source", "code", "reason", "since", "repairs",
            ]
            for entry in entries { #expect(Set(entry.keys) == members) }
            #expect(entries.map { $0["name"] as? String } == ["jar", "wine", "later", "all"])
            #expect(entries.map { $0["order"] as? Int } == [1, 2, nil, nil])
            let recognition = try #require(entries[1]["recognition"] as? [String: Any])
            #expect(recognition["magic"] as? String == "4d5a")
            #expect(recognition["mask"] as? String == "ffff")
            #expect((entries[1]["source"] as? [String: Any])?["line"] as? Int == 3)
        }

        @Test func failuresAreValidJSONToo() throws {
            for command in ["status", "plan", "apply"] {
                let (status, document) = try json(command, "--registry", "/tmp")
                #expect(status == 1)
                #expect(document["verdict"] as? String == "unavailable")
                #expect((document["summary"] as? String)?.hasPrefix("binfmt_misc is not mounted at /tmp") == true)
            }
        }

        @Test func checkPointsAtWhatIsWrong() throws {
            // The entries that cannot be registered here count as they do in `status`.
            let good = try run("check")
            #expect(good.status == 0 && good.text.hasSuffix("\n4 entries, 0 errors, 2 warnings.\n"), "\(good.text)")
            #expect(
                good.text.hasPrefix(
                    "ROOT/etc/binfmtd/binfmtd.toml:9:8: warning: Entry 'later': /nowhere/later does not exist"))
            try root.write("[entry.\"größe\"]\n\tmagic = '\\q'\ninterpreter = 5\n", to: "etc/binfmtd/entries.d/x.toml")
            let check = try run("check")
            #expect(check.status == 1)
            let rest = "ignored. No entry is unregistered until the file is fixed"
            #expect(
                check.text.hasPrefix("ROOT/etc/binfmtd/entries.d/x.toml:2:10: error: Entry 'größe': ")
                    && check.text.contains("\n    \tmagic = '\\q'\n    \t        ^\n"), "\(check.text)")
            #expect(check.text.contains("x.toml:3:15: error: Entry 'größe': 'interpreter' must be"), "\(check.text)")
            #expect(check.text.contains(rest))
            let (status, document) = try json("check")
            #expect(status == 1)
            #expect((document["issues"] as? [[String: Any]])?.first?["column"] as? Int == 10)

            let alone = try run("check", root.path.appending("etc/binfmtd/binfmtd.toml").string)
            #expect(alone.status == 0)
        }

        /// It says what the daemon says: an interpreter that is not there yet takes no working entry away.
        @Test func checkSaysThatAnOldEntryStays() throws {
            let old = try root.writeProgram(Array("#!/bin/sh\n".utf8), to: "old")
            func declare(_ interpreter: String) throws {
                try root.write(
                    """
                    [qemu]
                    targets = []
                    [entry.kept]
                    extension = "kept"
                    interpreter = "\(interpreter)"
                    fix-binary = true

                    """, to: "etc/binfmtd/binfmtd.toml")
            }
            try declare(old.string)
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            try declare("/nowhere/new")
            let problem = "/nowhere/new does not exist; the old entry stays\n"
            try daemon.wait { daemon.log.contains("Entry 'kept' is waiting for its interpreter: \(problem)") }
            let check = try run("check")
            #expect(
                check.text.hasPrefix(
                    "ROOT/etc/binfmtd/binfmtd.toml:3:8: warning: Entry 'kept': \(problem)"), "\(check.text)")
            #expect(check.text.hasSuffix("\n1 entry, 0 errors, 1 warning.\n"))
            #expect(daemon.stop() == 0)
        }

        /// The daemon has root's files, but not root's power over their modes; a command of root's has both.
        @Test func checkSaysWhatTheDaemonCannotRead() throws {
            let file = "etc/binfmtd/entries.d/secret.toml"
            try root.write("[entry.x]\nextension = \"x\"\ninterpreter = \"/bin/true\"\n", to: file)
            #expect(try run("check").status == 0)
            #expect(chmod(root.path.appending(file).string, 0) == 0)
            let check = try run("check")
            #expect(check.status == 1)
            #expect(
                check.text.hasPrefix(
                    "ROOT/\(file): error: cannot read it: its mode 0000 does not let its owner read it; fix: chmod u+r "
                        + "ROOT/\(file); "), "\(check.text)")
        }

        /// A name that nothing is registered under, and one of another program's, are named, whether the daemon runs or not.
        @Test func releaseTellsWhichNamesItCannotRelease() throws {
            try PrivateRegistry.write(":theirs:E::theirs::/bin/true:", to: "register")
            let missing = "No entry 'nosuch' is registered.\n"
            let foreign = "'theirs' was not registered by binfmtd: release it with --foreign.\n"
            let kept =
                "binfmtd is running and keeps these entries registered. Stop it first: systemctl stop binfmtd; to have it "
                + "remove an entry, declare the entry with enabled = false\n"
            _ = try run("apply")
            #expect(try run("release", "nosuch", "wine") == (0, "- wine\n1 entry released.\n\(missing)"))
            #expect(try run("release", "theirs") == (1, "0 entries released.\n\(foreign)"))

            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try run("release", "nosuch", "theirs") == (1, missing + foreign))
            #expect(try run("release", "wine", "theirs") == (1, kept + foreign))
            #expect(daemon.stop() == 0)
        }

        @Test func statusOfOneEntryShowsAllDetails() throws {
            _ = try run("apply")
            let wine = try run("status", "wine")
            let lines = wine.text.split(separator: "\n")
            #expect(wine.status == 0)
            #expect(lines.first == "● wine: active")
            for line in [
                "   Recognises: 'MZ'", "     Declared: ROOT/etc/binfmtd/binfmtd.toml:3; priority 0",
                "        Flags: none",
                "        Order: 2 of 2", "        Magic: 4d 5a",
            ] {
                #expect(lines.contains { $0 == line }, "\(line)\n\(wine.text)")
            }

            // The declared entry beside the kernel's; an interpreter file that only the kernel still holds.
            let interpreter = root.path.appending("gone").string
            try FileManager.default.copyItem(atPath: "/bin/true", toPath: interpreter)
            try PrivateRegistry.write(":theirs:M::THEIRS::\(interpreter):F", to: "register")
            unlink(interpreter)
            try root.write(
                "[entry.jar]\nextension = \"jar\"\ninterpreter = \"/bin/sh\"\n", to: "etc/binfmtd/entries.d/x.toml")
            let both = try run("status", "theirs", "jar").text
            #expect(both.contains("● theirs") == false && both.contains("○ theirs: foreign\n"))
            #expect(both.contains("the kernel runs the file that it holds open"))
            #expect(both.contains("declared:   /bin/sh\n") && both.contains("the kernel: /nowhere/jexec\n"))
        }

        @Test func statusWaits() throws {
            try root.write(
                "[qemu]\ntargets = []\n[entry.a]\nmagic = \"AAAA\"\ninterpreter = \"/bin/true\"\n",
                to: "etc/binfmtd/binfmtd.toml")
            #expect(try run("status", "--wait", "0").status == 1)
            let waiting = Process()
            waiting.executableURL = URL(filePath: try Fixtures.program("binfmtctl"))
            waiting.arguments = ["status", "--wait", "30", "--root", root.path.string]
            waiting.standardOutput = FileHandle.nullDevice
            try waiting.run()
            _ = try run("apply")
            waiting.waitUntilExit()
            #expect(waiting.terminationStatus == 0)
        }

        @Test func reloadWaitsForTheDaemon() throws {
            #expect(try run("reload").text == "binfmtd is not running; 'binfmtctl apply' makes one pass without it\n")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let same = try run("reload")
            // Report D1: with a refused entry it exits as every command does, and the daemon runs on.
            #expect(
                same.status == 1 && same.text == "Nothing changed.\nEntries: 2 active, 1 waiting, 1 refused\n",
                "\(same)")
            try root.write(
                """
                [qemu]
                targets = []
                [entry.wine]
                preset = "wine"
                interpreter = "/bin/true"
                """, to: "etc/binfmtd/binfmtd.toml")
            #expect(try run("reload").status == 0)
            _ = daemon.unheardPasses()
            for number in 0..<20 {
                try root.write(
                    "[entry.wine]\nmagic = \"MZ\(number)\"\ninterpreter = \"/bin/true\"\n",
                    to: "etc/binfmtd/entries.d/x.toml")
                #expect(try run(number.isMultiple(of: 2) ? "reload" : "apply").status == 0)
                // The daemon blocks if its notifications are not read.
                _ = daemon.unheardPasses()
                let magic = Array("MZ\(number)".utf8).map { String($0, radix: 16) }.joined()
                #expect(PrivateRegistry.text("wine")?.contains("magic \(magic)\n") == true, "\(number)")
            }

            try root.write("[entry.wine]\nmagic = 1\n", to: "etc/binfmtd/entries.d/x.toml")
            let broken = try run("reload")
            #expect(broken.status == 1)
            #expect(
                broken.text.contains("ROOT/etc/binfmtd/entries.d/x.toml:2:9: Entry 'wine': a pattern must be a string"))
            let (status, document) = try json("reload")
            #expect(status == 1 && (document["errors"] as? [String])?.isEmpty == false)
            #expect(daemon.stop() == 0)
            #expect(try run("reload").status == 1)
        }

        /// Report C12: the daemon's view of a broken file, and the client's, are one.
        @Test func aBrokenFileIsWhatTheDaemonMakesOfIt() throws {
            func declare(_ names: String, end: String = "") throws {
                let entries = names.map {
                    "[entry.\($0)]\nextension = \"\($0)\"\ninterpreter = \"/bin/true\"\n"
                }
                try root.write("[qemu]\ntargets = []\n" + entries.joined() + end, to: "etc/binfmtd/binfmtd.toml")
            }
            try declare("ab")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            try declare("bc", end: "[entry.d]\nextention = 1\n")
            try daemon.wait { daemon.log.contains("keeping the last valid version") }
            try daemon.waitUntilAsleep()
            #expect(try Set(PrivateRegistry.names()) == ["a", "b"])
            let status = try run("status")
            #expect(status.status == 1)
            #expect(status.text.contains("Entries: 2 active; 1 error in the configuration"), "\(status.text)")
            #expect(status.text.contains("; binfmtd keeps the last valid version of this file"), "\(status.text)")
            #expect(try !run("plan").text.contains("+ c"))
            let check = try run("check")
            #expect(check.text.contains("; binfmtd keeps the last valid version of this file"))
            // It counts what `status` shows.
            #expect(check.text.hasSuffix("\n2 entries, 1 error, 0 warnings.\n"), "\(check.text)")
            // Without it, what is valid in the broken file counts.
            #expect(daemon.stop() == 0)
            #expect(try run("plan").text.contains("+ c"))
        }

        /// The message names the key that leaves a target out; it does not call the name unknown.
        @Test func theKeyThatLeavesATargetOutIsNamed() throws {
            try root.write("[qemu]\nexcept = [\"arm64\"]\n", to: "etc/binfmtd/binfmtd.toml")
            let status = try run("status", "arm64")
            #expect(status.status == 1)
            #expect(
                status.text.hasSuffix(
                    "No entry for 'arm64': 'except' of [qemu] contains it (ROOT/etc/binfmtd/binfmtd.toml:2:10).\n"),
                "\(status.text)")
            let explain = try run("explain", Fixtures.program("foreign/arm64/bin/busybox"))
            #expect(explain.text.contains("has no entry: 'except' of [qemu] contains it"), "\(explain.text)")
        }

        @Test func releaseTakesWhatIsOursAndNoMore() throws {
            try PrivateRegistry.write(":theirs:M::THEIRS::/bin/sh:P", to: "register")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let refused = try run("release")
            #expect(
                refused.status == 1 && refused.text.hasPrefix("binfmtd is running and keeps these entries registered"))
            #expect(daemon.stop() == 0)
            let foreign = "'theirs' was not registered by binfmtd: release it with --foreign.\n"
            #expect(try run("release", "theirs").text == "0 entries released.\n\(foreign)")
            #expect(try run("release", "wine").text == "- wine\n1 entry released.\n")
            #expect(try PrivateRegistry.names() == ["jar", "theirs"])
            let all = try json("release")
            #expect(all.status == 0 && all.document["verdict"] as? String == "released")
            #expect(try PrivateRegistry.names() == ["theirs"])
        }

        /// Report C6: what a removed program left behind can be removed, also beside the daemon; nothing of binfmtd's goes.
        @Test func releaseForeignTakesWhatIsNamed() throws {
            try PrivateRegistry.write(":left:E::left::/opt/gone:", to: "register")
            try PrivateRegistry.write(":theirs:E::theirs::/bin/true:", to: "register")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try run("release", "--foreign").status == 64)
            let released = try run("release", "--foreign", "left", "wine", "none")
            #expect(released.status == 1)
            #expect(
                released.text == "- left\n1 foreign entry released.\n'wine' is binfmtd's own: release it without "
                    + "--foreign.\nNo entry 'none' is registered.\n")
            #expect(try Set(PrivateRegistry.names()) == ["wine", "jar", "theirs"])
            #expect(daemon.stop() == 0)
        }

        /// The command that the units run at shutdown, so that everything can be unmounted.
        @Test func releaseOffRootTakesWhatHoldsAnotherFileSystem() throws {
            let disk = root.path.appending("disk").string
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
            try #require(mount("none", disk, "tmpfs", 0, "mode=755") == 0)
            defer { umount2(disk, Int32(MNT_DETACH)) }
            let program = try Fixtures.program("succeed")
            try FileManager.default.copyItem(atPath: program, toPath: disk + "/emulator")
            for (name, interpreter, flag) in [
                ("far", disk + "/emulator", "fix-binary"), ("near", "/bin/true", "fix-binary"),
                ("by-path", disk + "/emulator", "open-binary"),
            ] {
                try root.write(
                    "[entry.\(name)]\nextension = \"\(name)\"\ninterpreter = \"\(interpreter)\"\n\(flag) = true\n",
                    to: "etc/binfmtd/entries.d/\(name).toml")
            }
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(daemon.stop() == 0)
            let rest = try PrivateRegistry.names().filter { $0 != "far" }
            #expect(rest.contains("near") && rest.contains("by-path"))
            #expect(try run("release", "--off-root", "near").text == "")
            // The file need not be at its path: the kernel holds the file itself.
            try FileManager.default.removeItem(atPath: disk + "/emulator")
            #expect(try run("release", "--off-root").text == "- far\n1 entry released.\n")
            #expect(try PrivateRegistry.names() == rest)
        }

        @Test func catShowsTheFilesInTheirOrder() throws {
            try root.write("[entry.x]\nenabled = false\n", to: "etc/binfmtd/entries.d/x.toml")
            try root.write("hidden", to: "usr/lib/binfmtd/entries.d/x.toml")
            try root.write("", to: "run/binfmtd/entries.d/y.toml")
            try root.write(":a:E::a::/bin/true:\n", to: "usr/lib/binfmt.d/a.conf")
            let cat = try run("cat").text.split(separator: "\n").filter { $0.hasPrefix("# ") }
            #expect(
                cat == [
                    "# ROOT/usr/lib/binfmt.d/a.conf", "# ROOT/etc/binfmtd/binfmtd.toml",
                    "# ROOT/usr/lib/binfmtd/entries.d/x.toml (overridden by ROOT/etc/binfmtd/entries.d/x.toml)",
                    "# ROOT/etc/binfmtd/entries.d/x.toml",
                    "# ROOT/run/binfmtd/entries.d/y.toml (masks files of this name in lower directories)",
                ])
            let files = try #require(try json("cat").document["files"] as? [[String: Any]])
            #expect(files.map { $0["standing"] as? String } == ["read", "read", "hidden", "read", "mask"])
        }

        @Test func anUnknownWordSuggestsTheNearestCommand() throws {
            func errors(_ word: String) throws -> String {
                try Program.run(Fixtures.program("binfmtctl"), [word]).errors
            }
            #expect(try errors("stauts").contains("unknown command 'stauts' (did you mean 'status'?)"))
            #expect(try errors("uninstall").contains("(did you mean 'release'?)"))
            for arguments in [["frobnicate"], ["--json", "qemu-aarch64"], ["regster", "-t", "arm64"]] {
                let run = try Program.run(Fixtures.program("binfmtctl"), arguments)
                #expect(run.status == 64 && run.errors.contains("unknown command"), "\(arguments): \(run)")
            }
        }

        @Test func misuseExitsWith64() throws {
            #expect(try run("plan", "--frobnicate").status == 64)
            #expect(try run("status", "--registry", "relative").status == 64)
            for arguments in [["--root", "relative"], ["--registry", "relative"], ["--json"]] {
                let exec = try Program.run(Fixtures.program("binfmtctl"), ["exec"] + arguments + ["--", "true"])
                #expect(exec.status == 64, "\(arguments): \(exec)")
            }
        }
    }
}
