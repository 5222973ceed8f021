// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// What binfmtctl prints, and how it exits; `ROOT` stands for the test's own folder.
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
                    ROOT/etc/binfmtd/binfmtd.toml:9:8: Entry 'later' waits: /nowhere/later does not exist yet
                    ROOT/etc/binfmtd/binfmtd.toml:13:8: Entry 'all' is refused: it matches scripts (#!): all of them would \
                    run through /bin/true; allow-native = true overrides
                    Entries: 2 active, 1 waiting, 1 refused

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
                      ENTRY   STATE    FLAGS  RECOGNISES  INTERPRETER
                    ● jar     active          *.jar       /nowhere/jexec
                    ● wine    active          'MZ'        /bin/true
                    ○ theirs  foreign  P      'THEIRS'    /bin/sh
                    ○ later   waiting  F      'LATER'     /nowhere/later
                    ✗ all     refused         '#!'        /bin/true

                    Entries: 2 active, 1 waiting, 1 refused, 1 not ours
                    jar: this host has no /nowhere/jexec
                    later: /nowhere/later does not exist yet
                    all: it matches scripts (#!): all of them would run through /bin/true; allow-native = true overrides

                    """)
            #expect(try run("status", "nothing").text.hasSuffix("There is no entry 'nothing'.\n"))
        }

        @Test func statusAsJSONHasEveryMember() throws {
            _ = try run("apply")
            let (status, document) = try json("status")
            #expect(status == 1)
            #expect(Set(document.keys) == ["version", "verdict", "summary", "registry", "entries", "issues"])
            #expect(document["version"] as? Int == 1)
            #expect(document["verdict"] as? String == "degraded")
            let registry = try #require(document["registry"] as? [String: Any])
            #expect(registry["enabled"] as? Bool == true)
            let entries = try #require(document["entries"] as? [[String: Any]])
            let members: Set = [
                "name", "state", "owner", "interpreter", "flags", "kernel-flags", "priority", "recognition", "platform",
                "order", "source", "reason",
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
                #expect((document["summary"] as? String)?.hasPrefix("/tmp: binfmt_misc is not mounted there") == true)
            }
        }

        @Test func checkPointsAtWhatIsWrong() throws {
            #expect(try run("check").text == "4 entries, 0 errors, 0 warnings.\n")
            try root.write("[entry.\"größe\"]\n\tmagic = '\\q'\ninterpreter = 5\n", to: "etc/binfmtd/entries.d/x.toml")
            let check = try run("check")
            #expect(check.status == 1)
            let rest = "left out; nothing is unregistered until the file is mended"
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

        @Test func applyLeavesARunningDaemonAlone() throws {
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root.path)
            let apply = try run("apply")
            #expect(apply.status == 1)
            #expect(
                apply.text
                    == "A running binfmtd keeps /proc/sys/fs/binfmt_misc. Entries: 2 active, 1 waiting, 1 refused\n")
            #expect(daemon.stop() == 0)
        }

        @Test func misuseExitsWith64() throws {
            #expect(try run("plan", "--frobnicate").status == 64)
            #expect(try run("status", "--registry", "relative").status == 64)
        }
    }
}
