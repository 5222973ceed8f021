// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The daemon itself, on the kernel's registry: changes of the files appear in the table.
    @Suite struct DaemonTests {
        private let root = TemporaryDirectory()
        private let registry: KernelRegistry

        init() throws {
            registry = try PrivateRegistry.open()
            try root.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
        }

        private func start(_ arguments: [String] = []) throws -> RunningDaemon {
            try RunningDaemon(Fixtures.program("binfmtd"), root: root, arguments)
        }

        private func entry(_ name: String, interpreter: String = "/bin/true", extra: String = "") -> String {
            "[entry.\(name)]\nmagic = \"TEST-\(name)\"\ninterpreter = \"\(interpreter)\"\n\(extra)"
        }

        private func interpreter(_ name: String) -> String? {
            let line = PrivateRegistry.text(name)?.split(separator: "\n").first { $0.hasPrefix("interpreter ") }
            return line.map { String($0.dropFirst("interpreter ".count)) }
        }

        @Test func followsTheFiles() throws {
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/10-a.toml")
            let daemon = try start()
            #expect(try PrivateRegistry.names() == ["a"])

            // An edit, a new drop-in, and one in a directory that did not exist before.
            try root.write(entry("a", interpreter: "/bin/sh"), to: "etc/binfmtd/entries.d/10-a.toml")
            try daemon.wait { interpreter("a") == "/bin/sh" }
            try root.write(entry("b"), to: "etc/binfmtd/entries.d/20-b.toml")
            try daemon.wait { try PrivateRegistry.names() == ["a", "b"] }
            try root.write(entry("c"), to: "usr/local/lib/binfmtd/entries.d/30-c.toml")
            try daemon.wait { try PrivateRegistry.names() == ["a", "b", "c"] }

            // A mask, by a link and by an empty file; a removal; a file of the same name more local than another.
            try root.link("etc/binfmtd/entries.d/30-c.toml", to: "/dev/null")
            try daemon.wait { try PrivateRegistry.names() == ["a", "b"] }
            try root.write("", to: "etc/binfmtd/entries.d/20-b.toml")
            try daemon.wait { try PrivateRegistry.names() == ["a"] }
            try root.remove("etc/binfmtd/entries.d/30-c.toml")
            try daemon.wait { try PrivateRegistry.names() == ["a", "c"] }
            try root.write(entry("c", interpreter: "/bin/sh"), to: "run/binfmtd/entries.d/30-c.toml")
            try daemon.wait { interpreter("c") == "/bin/sh" }
            try root.remove("run/binfmtd/entries.d/30-c.toml")
            try daemon.wait { interpreter("c") == "/bin/true" }

            #expect(daemon.stop() == 0)
            #expect(try PrivateRegistry.names() == ["a", "c"])
        }

        @Test func losesNothingByABrokenEdit() throws {
            try root.write(entry("a") + entry("b"), to: "etc/binfmtd/entries.d/x.toml")
            try root.write(entry("c"), to: "etc/binfmtd/entries.d/y.toml")
            let daemon = try start()
            try root.write(entry("a", extra: "interpretor = 1\n"), to: "etc/binfmtd/entries.d/x.toml")
            try root.remove("etc/binfmtd/entries.d/y.toml")
            let file = root.path.appending("etc/binfmtd/entries.d/x.toml")
            try daemon.wait { daemon.log.contains("\(file):4:1: Entry 'a': unknown key 'interpretor'") }
            try daemon.reload()
            #expect(try PrivateRegistry.names() == ["a", "b", "c"])
            let line = daemon.log.split(separator: "\n").last { $0.contains("interpretor") }
            #expect(
                line ?? ""
                    == "<3>\(file):4:1: Entry 'a': unknown key 'interpretor' (did you mean 'interpreter'?); keeping the "
                    + "last valid version of this file")

            // After the fix, entries that it no longer declares are unregistered, and so are entries that were removed
            // meanwhile.
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/x.toml")
            try daemon.wait { try PrivateRegistry.names() == ["a"] }
            // Report C12: it says so once.
            try daemon.wait { daemon.log.contains("<5>\(file) has no errors any more\n") }
        }

        @Test func holdsABrokenConfigurationOverARestart() throws {
            try root.write(entry("a") + entry("b"), to: "etc/binfmtd/entries.d/x.toml")
            #expect(try start().stop() == 0)
            try root.write(entry("a", extra: "magic = 5\n"), to: "etc/binfmtd/entries.d/x.toml")
            let daemon = try start()
            #expect(try PrivateRegistry.names() == ["a", "b"])
            try root.write(entry("b"), to: "etc/binfmtd/entries.d/x.toml")
            try daemon.wait { try PrivateRegistry.names() == ["b"] }
        }

        @Test func aBrokenFileKeepsLowerLayersOutOverARestart() throws {
            try root.write(":a:M::TEST-a::/bin/sh:\n:b:M::TEST-b::/bin/sh:\n", to: "usr/lib/binfmt.d/vendor.conf")
            try root.write(entry("a") + "[entry.b]\nenabled = false\n", to: "etc/binfmtd/entries.d/x.toml")
            #expect(try start().stop() == 0)
            #expect(try PrivateRegistry.names() == ["a"])
            try root.write(
                entry("a", extra: "x = 1\n") + "[entry.b]\nenabled = fals\n", to: "etc/binfmtd/entries.d/x.toml")
            let daemon = try start()
            #expect(try PrivateRegistry.names() == ["a"])
            #expect(interpreter("a") == "/bin/true")
            try root.remove("etc/binfmtd/entries.d/x.toml")
            try daemon.wait { try PrivateRegistry.names() == ["a", "b"] && interpreter("a") == "/bin/sh" }
        }

        /// An editor may move the old file away, or truncate it, before it writes the new one.
        @Test func doesNotMindHowAnEditorSaves() throws {
            let file = root.path.appending("etc/binfmtd/entries.d/x.toml").string
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/x.toml")
            try root.write(entry("b"), to: "etc/binfmtd/entries.d/y.toml")
            let daemon = try start()
            var quickRounds = 0
            var round = 0
            while quickRounds < 5 {
                round += 1
                try #require(round <= 50, "this machine is too busy to save a file within the grace period")
                let registered = try identity("a")
                let logged = daemon.log.count
                let start = ContinuousClock.now
                rename(file, file + "~")
                try daemon.reload()
                try root.write(entry("a"), to: "etc/binfmtd/entries.d/x.toml")
                truncate(file, 0)
                try daemon.reload()
                try root.write(entry("a"), to: "etc/binfmtd/entries.d/x.toml")
                let isQuick = ContinuousClock.now - start < FileGrace.period
                try root.write(
                    entry("b", interpreter: round % 2 == 0 ? "/bin/true" : "/bin/sh"),
                    to: "etc/binfmtd/entries.d/y.toml")
                try daemon.wait {
                    try interpreter("b") == (round % 2 == 0 ? "/bin/true" : "/bin/sh") && identity("a") != nil
                }
                if !isQuick { continue }
                quickRounds += 1
                #expect(try identity("a") == registered)
                #expect(!daemon.log.dropFirst(logged).contains("unregistered"))
            }
            try root.remove("etc/binfmtd/entries.d/x.toml")
            try daemon.wait { try PrivateRegistry.names() == ["b"] }
        }

        private func identity(_ name: String) throws -> RegistrationIdentity? {
            try registry.observe().entries.first { $0.name.description == name }?.registration
        }

        @Test func isNotHeldUpByAFIFO() throws {
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/a.toml")
            #expect(mkfifo(root.path.appending("etc/binfmtd/entries.d/fifo.toml").string, 0o600) == 0)
            try Files.makeDirectory(root.path.appending("etc/binfmtd/entries.d/folder.toml"))
            let daemon = try start()
            #expect(try PrivateRegistry.names() == ["a"])
            #expect(daemon.log.contains("fifo.toml: cannot read it: "))
            #expect(!daemon.log.contains("folder.toml"))
            #expect(daemon.stop() == 0)
        }

        /// Report B18: no message ends it, and none reaches the registry instead of standard error.
        @Test(arguments: ["<&- >&- 2>&-", "2> >(exit)"])
        func doesNotNeedStandardError(_ redirection: String) throws {
            let program = try Fixtures.program("binfmtd")
            let script = try root.writeProgram(
                Array("#!/bin/bash\nexec '\(program)' \"$@\" \(redirection)\n".utf8), to: "started")
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/a.toml")
            let daemon = try RunningDaemon(script.string, root: root)
            #expect(try PrivateRegistry.names() == ["a"])
            for name in ["b", "c"] {
                try root.write(entry(name), to: "etc/binfmtd/entries.d/\(name).toml")
                try daemon.wait { try PrivateRegistry.names().contains(name) }
            }
            try root.write("[entry.a]\nnonsense = 1\n", to: "etc/binfmtd/entries.d/a.toml")
            try daemon.wait(for: "STATUS=Entries: 3 active; 1 error in the configuration")
            #expect(try Set(PrivateRegistry.names()) == ["a", "b", "c"])
            #expect(daemon.stop() == 0)
        }

        @Test func createsItsStateDirectoryAgain() throws {
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/a.toml")
            let daemon = try start()
            try root.remove("run/binfmtd/state")
            try root.write(entry("a") + entry("version"), to: "etc/binfmtd/entries.d/a.toml")
            try daemon.wait { try PrivateRegistry.names() == ["a", "version"] }
            #expect(daemon.stop() == 0)
            try root.remove("etc/binfmtd/entries.d/a.toml")
            #expect(try start().stop() == 0)
            #expect(try PrivateRegistry.names() == [])
        }

        @Test func readsAFileThatIsReplacedBehindALink() throws {
            // As Kubernetes mounts a ConfigMap: the file is a link through `..data`, which is swapped as a whole.
            let directory = root.path.appending("etc/binfmtd/entries.d")
            func publish(_ generation: String, _ text: String) throws {
                try root.write(text, to: "etc/binfmtd/entries.d/..\(generation)/x.toml")
                try root.link("etc/binfmtd/entries.d/..tmp", to: "..\(generation)")
                rename(directory.appending("..tmp").string, directory.appending("..data").string)
            }
            try publish("1", entry("a"))
            try root.link("etc/binfmtd/entries.d/x.toml", to: "..data/x.toml")
            let daemon = try start()
            #expect(try PrivateRegistry.names() == ["a"])
            try publish("2", entry("b"))
            try daemon.wait { try PrivateRegistry.names() == ["b"] }

            // A link to an unrelated directory, in which the file is edited.
            try root.write(entry("c"), to: "elsewhere/c.toml")
            try root.link("etc/binfmtd/entries.d/y.toml", to: "../../../elsewhere/c.toml")
            try daemon.wait { try PrivateRegistry.names() == ["b", "c"] }
            try root.write(entry("c", interpreter: "/bin/sh"), to: "elsewhere/c.toml")
            try daemon.wait { interpreter("c") == "/bin/sh" }
        }

        /// Report B10: the remedy that the message names is sufficient.
        @Test func followsTheModeOfADirectory() throws {
            let program = try root.writeProgram(Array("any".utf8), to: "programs/program")
            let directory = root.path.appending("programs").string
            #expect(chmod(directory, 0o777) == 0)
            try root.write(entry("a", interpreter: program.string), to: "etc/binfmtd/entries.d/a.toml")
            let daemon = try start()
            #expect(try daemon.log.contains("chmod go-w \(directory)") && PrivateRegistry.names() == [])
            try daemon.waitUntilAsleep()
            #expect(chmod(directory, 0o755) == 0)
            try daemon.wait { try PrivateRegistry.names() == ["a"] }
            try daemon.waitUntilAsleep()
            #expect(chmod(directory, 0o777) == 0)
            try daemon.wait { try PrivateRegistry.names() == [] }
            #expect(daemon.stop() == 0)
        }

        /// Its unit drops the capability with which root ignores file modes.
        @Test func followsALinkThatItCouldNotReach() throws {
            let declared = "[qemu]\ntargets = []\n"
            try root.write(declared + entry("a"), to: "elsewhere/main.toml")
            try root.remove("etc/binfmtd/binfmtd.toml")
            try root.link("etc/binfmtd/binfmtd.toml", to: root.path.appending("elsewhere/main.toml").string)
            let directory = root.path.appending("etc/binfmtd").string
            #expect(chmod(directory, 0o600) == 0)
            let daemon = try RunningDaemon(
                Fixtures.program("binfmtd"), root: root, through: ["/usr/bin/setpriv", "--bounding-set=-all"])
            try daemon.waitUntilAsleep()
            #expect(chmod(directory, 0o755) == 0)
            try daemon.wait { try PrivateRegistry.names() == ["a"] }
            try daemon.waitUntilAsleep()
            try root.write(declared + entry("b"), to: "elsewhere/main.toml")
            try daemon.wait { try PrivateRegistry.names() == ["b"] }
            #expect(daemon.stop() == 0)
        }

        /// Report B15: root without its capabilities, and a directory into which it cannot look.
        @Test func namesAPathThatItCannotFollow() throws {
            let emulator = try root.writeProgram([1], to: "closed/emulator")
            try root.write(
                entry("a") + "[entry.x]\nextension = \"x\"\ninterpreter = \"\(emulator)\"\n",
                to: "etc/binfmtd/entries.d/x.toml")
            #expect(chmod(root.path.appending("closed").string, 0) == 0)
            defer { chmod(root.path.appending("closed").string, 0o755) }
            let daemon = try RunningDaemon(
                Fixtures.program("binfmtd"), root: root, through: ["/usr/bin/setpriv", "--bounding-set=-all"])
            #expect(try PrivateRegistry.names() == ["a"])
            #expect(daemon.log.contains("cannot look at \(emulator): Permission denied"), "\(daemon.log)")
            #expect(daemon.stop() == 0)
        }

        @Test func keepsWhatItOwnsOverRestartsAndNothingElse() throws {
            try PrivateRegistry.write(":theirs:M::THEIRS::/bin/true:", to: "register")
            try root.write(entry("a") + entry("b"), to: "etc/binfmtd/entries.d/x.toml")
            let first = try start()
            first.signal(SIGKILL)
            first.process.waitUntilExit()
            try root.write(entry("b"), to: "etc/binfmtd/entries.d/x.toml")
            let second = try start()
            #expect(try PrivateRegistry.names() == ["b", "theirs"])
            #expect(second.stop() == 0)

            // Without the record, entries that match the configuration are adopted, and others are foreign.
            try root.write(entry("b") + entry("c"), to: "etc/binfmtd/entries.d/x.toml")
            #expect(try start().stop() == 0)
            try root.write("damaged", to: "run/binfmtd/state/owned.toml")
            try root.write(entry("c"), to: "etc/binfmtd/entries.d/x.toml")
            let third = try start()
            #expect(third.log.contains("<4>\(root.path)/run/binfmtd/state/owned.toml is damaged; "))
            #expect(third.stop() == 0)
            #expect(try PrivateRegistry.names() == ["b", "c", "theirs"])
            try root.remove("etc/binfmtd/entries.d/x.toml")
            #expect(try start().stop() == 0)
            #expect(try PrivateRegistry.names() == ["b", "theirs"])
        }

        @Test func reloadsAndReportsOnSignals() throws {
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/x.toml")
            let daemon = try start()
            try daemon.reload()
            daemon.signal(SIGUSR1)
            try eventually { daemon.log.contains("<6>Entry 'a' is active: /bin/true\n") }
            daemon.signal(SIGINT)
            try daemon.wait(for: "STOPPING=1")
            daemon.process.waitUntilExit()
            #expect(daemon.process.terminationStatus == 0)
        }

        @Test func saysNothingWhenAPassChangesNothing() throws {
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/x.toml")
            let daemon = try start()
            let before = daemon.log
            try root.write(entry("a") + "\n", to: "etc/binfmtd/entries.d/x.toml")
            try daemon.reload()
            #expect(daemon.log == before)
        }

        @Test func aSecondOneStandsByAndTakesOver() throws {
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/x.toml")
            let first = try start()
            let other = TemporaryDirectory()
            try other.write("[qemu]\ntargets = []\n" + entry("b"), to: "etc/binfmtd/binfmtd.toml")
            let second = try RunningDaemon(Fixtures.program("binfmtd"), root: other)
            let standingBy = "Standing by: another binfmtd manages /proc/sys/fs/binfmt_misc"
            #expect(second.log == "<5>\(standingBy)\n")
            let status = try Program.run(Fixtures.program("binfmtctl"), ["--root", other.path.string])
            #expect(status.status == 1)
            #expect(status.output.contains("\n\(standingBy); the pending changes are made when that one ends\n"))

            // Neither wakes the other: no pass in three seconds, a sample of any longer time.
            try eventually {
                usleep(200_000)
                return first.unheardPasses() + second.unheardPasses() == 0
            }
            sleep(3)
            #expect(first.unheardPasses() + second.unheardPasses() == 0)

            // It writes nothing while the first one runs.
            try root.write(entry("a") + entry("c"), to: "etc/binfmtd/entries.d/x.toml")
            try first.wait { try PrivateRegistry.names() == ["a", "c"] }
            try second.wait(for: "STATUS=\(standingBy)")
            #expect(second.log == "<5>\(standingBy)\n")
            first.signal(SIGKILL)
            try second.wait { try PrivateRegistry.names() == ["a", "b", "c"] }
            #expect(second.stop() == 0)
        }

        @Test func usesARegistryThatIsMountedLater() throws {
            try root.write(entry("a"), to: "etc/binfmtd/entries.d/x.toml")
            let place = root.path.appending("registry")
            try Files.makeDirectory(place)
            let daemon = try start(["--registry", place.string])
            #expect(daemon.log.contains("<3>binfmt_misc is not mounted at \(place)"))
            #expect(mount("binfmt_misc", place.string, "binfmt_misc", 0, nil) == 0)
            try daemon.wait { try PrivateRegistry.names() == ["a"] }

            // The daemon holds the instance by its open directory, even after it is unmounted.
            #expect(umount2(place.string, Int32(MNT_DETACH)) == 0)
            try PrivateRegistry.write("-1", to: "a")
            try daemon.wait { try PrivateRegistry.names() == ["a"] }
            #expect(daemon.stop() == 0)
        }

        /// A mount over a directory raises no event in it; later changes raise events in the mounted directory.
        @Test func watchesADirectoryThatIsMountedOverAnother() throws {
            let program = root.path.appending("disk/emulator")
            try Files.makeDirectory(root.path.appending("disk"))
            try root.write(
                "[entry.a]\nmagic = \"A\"\ninterpreter = \"\(program)\"\nfix-binary = true\n",
                to: "etc/binfmtd/entries.d/x.toml")
            let daemon = try start()
            #expect(daemon.log.contains("Entry 'a' is waiting for its interpreter: \(program) does not exist"))
            let disk = root.path.appending("disk").string
            try #require(mount("none", disk, "tmpfs", 0, "mode=755") == 0)
            defer { umount2(disk, Int32(MNT_DETACH)) }
            // It has looked there before this line.
            try daemon.reload()
            try FileManager.default.copyItem(atPath: try Fixtures.program("succeed"), toPath: program.string)
            try daemon.wait { try PrivateRegistry.names() == ["a"] }
            try PrivateRegistry.write("-1", to: "a")
            try daemon.wait { try PrivateRegistry.names() == ["a"] }
        }

        /// Report A12: as a system extension does it, while nothing is missing.
        @Test func seesWhatIsMountedOverAWorkingInterpreter() throws {
            let program = try root.writeProgram(Array("one".utf8), to: "usr/bin/emulator")
            let extra = try root.writeProgram(Array("two".utf8), to: "extension/extra")
            try root.write(
                "[entry.a]\nmagic = \"A\"\ninterpreter = \"\(program)\"\n"
                    + "[entry.b]\nmagic = \"B\"\ninterpreter = [\"\(root.path)/usr/bin/extra\", \"\(program)\"]\n",
                to: "etc/binfmtd/entries.d/x.toml")
            let daemon = try start()
            #expect(PrivateRegistry.text("b")?.contains("interpreter \(program)\n") == true)
            let usr = root.path.appending("usr/bin").string
            try #require(mount(extra.removingLastComponent().string, usr, nil, UInt(MS_BIND), nil) == 0)
            defer { umount2(usr, Int32(MNT_DETACH)) }
            try daemon.wait { PrivateRegistry.text("b")?.contains("interpreter \(usr)/extra\n") == true }
            try #require(umount2(usr, Int32(MNT_DETACH)) == 0)
            try daemon.wait { PrivateRegistry.text("b")?.contains("interpreter \(program)\n") == true }
        }

        @Test(arguments: [
            (["--frobnicate"], "binfmtd: unknown option '--frobnicate'; see binfmtd --help\n"),
            (["--root"], "binfmtd: --root requires a directory; see binfmtd --help\n"),
            (["--root", "etc"], "binfmtd: --root requires an absolute path, not 'etc'; see binfmtd --help\n"),
            (["--mount=yes"], "binfmtd: unknown option '--mount=yes'; see binfmtd --help\n"),
        ])
        func refusesMisuse(_ arguments: [String], _ complaint: String) throws {
            let run = try Program.run(Fixtures.program("binfmtd"), arguments)
            #expect(run.status == 64)
            #expect(run.errors == complaint)
        }

        @Test func printsItsVersionAndHelp() throws {
            #expect(try Program.run(Fixtures.program("binfmtd"), ["--version"]).output.hasPrefix("binfmtd "))
            let help = try Program.run(Fixtures.program("binfmtd"), ["--help"])
            #expect(help.status == 0)
            #expect(help.output.hasPrefix("Usage: binfmtd [OPTION]...\n"))
        }
    }
}
