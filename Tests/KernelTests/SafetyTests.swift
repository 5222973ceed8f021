// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Files that anyone but root can change are not trusted, neither as configuration nor as interpreter.
    @Suite struct SafetyTests {
        private let root = TemporaryDirectory()

        init() throws {
            _ = try PrivateRegistry.open()
            try root.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
        }

        private func hazard(_ file: String) throws -> String? {
            try PathResolver().hazard(of: root.path.appending(file))?.description.replacing(root.path.string, with: "")
        }

        private func chmod(_ mode: mode_t, _ file: String) {
            #expect(Foundation.chmod(root.path.appending(file).string, mode) == 0)
        }

        @Test func everyDirectoryAndEveryLinkCounts() throws {
            _ = try root.writeProgram([1], to: "opt/bin/program")
            #expect(try hazard("opt/bin/program") == nil)
            #expect(try hazard("opt/nothing/here") == nil)

            chmod(0o775, "opt/bin/program")
            #expect(
                try hazard("opt/bin/program")
                    == "/opt/bin/program is writable by group 0 (mode 0775); fix: chmod g-w /opt/bin/program")
            chmod(0o757, "opt/bin/program")
            #expect(
                try hazard("opt/bin/program")
                    == "/opt/bin/program is world-writable (mode 0757); fix: chmod go-w /opt/bin/program")
            chmod(0o755, "opt/bin/program")
            chmod(0o777, "opt")
            #expect(try hazard("opt/bin/program") == "/opt is world-writable (mode 0777); fix: chmod go-w /opt")

            // A sticky directory, as Kubernetes mounts a ConfigMap, does not let other users remove root's files.
            chmod(0o1777, "opt")
            #expect(try hazard("opt/bin/program") == nil)

            try root.makeDirectory("loose")
            try root.link("loose/hop", to: "../opt/bin/program")
            try root.link("link", to: "loose/hop")
            #expect(try hazard("link") == nil)
            chmod(0o770, "loose")
            #expect(try hazard("link") == "/loose is writable by group 0 (mode 0770); fix: chmod g-w /loose")
        }

        /// Reports B1 and B2: what is not there yet is as unsafe as the directory in which it can be made, and a step
        /// that vanishes between two looks is missing, not safe.
        @Test func whatOthersCanMakeIsUnsafe() throws {
            try root.makeDirectory("drop/sub")
            chmod(0o1777, "drop")
            for path in ["drop/nothing", "drop/nothing/further", "drop/sub/../nothing"] {
                let expected =
                    "/drop/nothing does not exist, and other users can make it (/drop has mode 01777); fix: put the "
                    + "file in a directory that only root can change, such as /usr/local/bin"
                #expect(try hazard(path) == expected, "\(path)")
            }
            #expect(try hazard("drop/sub/nothing") == nil)
            try root.link("link", to: "drop/nothing")
            #expect(try hazard("link")?.hasPrefix("/drop/nothing does not exist") == true)
        }

        @Test func anInterpreterThatOthersCanMakeIsRefused() throws {
            try root.makeDirectory("drop")
            chmod(0o1777, "drop")
            let missing = root.path.appending("drop/emulator").string
            let good = try root.writeProgram([1], to: "opt/good")
            func declare(_ name: String, _ interpreter: String) throws {
                try root.write(
                    "[entry.\(name)]\nmagic = \"\(name)\"\ninterpreter = \(interpreter)\n",
                    to: "etc/binfmtd/entries.d/\(name).toml")
            }
            try declare("a", "\"\(missing)\"")
            try declare("b", "[\"\(missing)\", \"\(good)\"]")
            try declare("c", "\"\(missing)\"\nfix-binary = true")
            try declare("d", "\"\(missing)\"\nallow-unsafe-interpreter = true")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try Set(PrivateRegistry.names()) == ["b", "d"])
            #expect(PrivateRegistry.text("b")?.contains("interpreter \(good)\n") == true)
            #expect(daemon.log.contains("Entry 'a' is refused: \(missing) does not exist, and other users can make it"))
            #expect(!daemon.log.contains("Entry 'c' is waiting"))

            // A user makes the better candidate: the good one stays, and that is said.
            try root.write("", to: "drop/emulator")
            let said = "Entry 'b' is registered, but one of its interpreters is passed over: \(missing)"
            chmod(0o777, "drop/emulator")
            try daemon.wait { daemon.log.contains(said) }
            #expect(PrivateRegistry.text("b")?.contains("interpreter \(good)\n") == true)
        }

        /// Report B11: others' files hide none of root's.
        @Test func aMaskThatOthersCouldMakeMasksNothing() throws {
            let entry = "[entry.a]\nmagic = \"A\"\ninterpreter = \"/bin/true\"\n"
            try root.write(entry, to: "usr/lib/binfmtd/entries.d/a.toml")
            try root.write(":b:M::B::/bin/true:\n", to: "usr/lib/binfmt.d/b.conf")
            for (directory, name) in [("etc/binfmtd/entries.d", "a.toml"), ("etc/binfmt.d", "b.conf")] {
                try root.makeDirectory(directory)
                chmod(0o777, directory)
                try root.link("\(directory)/\(name)", to: "/dev/null")
            }
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try Set(PrivateRegistry.names()) == ["a", "b"])
            #expect(daemon.log.contains("/etc/binfmtd/entries.d/a.toml: "))
            chmod(0o755, "etc/binfmtd/entries.d")
            chmod(0o755, "etc/binfmt.d")
            try daemon.wait { try PrivateRegistry.names().isEmpty }
        }

        /// A user who can change a link decides where ".." behind it leads.
        @Test func theWayBackFromALinkCountsToo() throws {
            _ = try root.writeProgram([1], to: "opt/bin/program")
            try root.makeDirectory("loose")
            try root.link("loose/hop", to: "../opt/bin")
            try root.link("loose/up", to: "../opt")
            try root.link("link", to: "loose/hop/../bin/program")
            let paths = ["loose/hop/../bin/program", "loose/up/bin/../bin/program", "link", "loose/../opt/bin/program"]
            for path in paths { #expect(try hazard(path) == nil, "\(path)") }
            chmod(0o777, "loose")
            let isLoose = "/loose is world-writable (mode 0777); fix: chmod go-w /loose"
            for path in paths { #expect(try hazard(path) == isLoose, "\(path)") }
        }

        /// The kernel counts all links of a path (path_resolution(7)); a walk without that limit might never end.
        @Test func aPathOfTooManyLinksEnds() throws {
            try root.link("x", to: ".")
            let way = Array(repeating: "x", count: 2000).joined(separator: "/")
            try root.link("link0", to: way)
            for number in 1..<30 { try root.link("link\(number)", to: "link\(number - 1)/\(way)") }
            #expect(try hazard("link29") == nil)
            try root.makeDirectory("d")
            let turns = Array(repeating: "d/..", count: 700).joined(separator: "/")
            try root.link("turn0", to: turns)
            for number in 1..<30 { try root.link("turn\(number)", to: "turn\(number - 1)/\(turns)") }
            #expect(try hazard("turn29") == nil)
            var directories = ConfigDirectories(root: root.path.appending("turn29"))
            _ = directories.read().dependencies
        }

        @Test func filesInOneDirectoryAreJudgedSeparately() throws {
            try root.makeDirectory("links")
            for name in ["a", "b", "c"] {
                _ = try root.writeProgram([1], to: "opt/\(name)/program")
                try root.link("links/\(name)", to: "../opt/\(name)/program")
            }
            try root.link("links/second", to: "b")
            try root.link("links/round", to: "about")
            try root.link("links/about", to: "round")
            chmod(0o777, "opt/b")

            let resolver = PathResolver()
            let found = try ["a", "b", "c", "second", "round", "a"].map { name in
                try resolver.hazard(of: root.path.appending("links/" + name))?.description.replacing(
                    root.path.string, with: "")
            }
            let isLoose = "/opt/b is world-writable (mode 0777); fix: chmod go-w /opt/b"
            #expect(found == [nil, isLoose, nil, isLoose, nil, nil])
        }

        /// An owner outside of this user namespace may be root there. Debian's apt makes this directory for its own user.
        @Test func anUnmappedOwnerCountsAsRoot() throws {
            let path = "/var/lib/apt/lists/partial"
            var information = stat()
            try #require(stat(path, &information) == 0)
            try #require(information.st_uid == 65534, "its owner is not another user outside: \(information.st_uid)")
            #expect(try PathResolver().hazard(of: FilePath(path)) == nil)
        }

        /// A read-only file system is safe; a read-only mount of a writable one is not.
        @Test func aReadOnlyMountIsNotAReadOnlyFileSystem() throws {
            let directory = root.path.appending("mounted").string
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try #require(mount("none", directory, "tmpfs", 0, "mode=755") == 0)
            defer { umount2(directory, Int32(MNT_DETACH)) }
            _ = try root.writeProgram([1], to: "mounted/program")
            chmod(0o777, "mounted/program")
            let expected = "/mounted/program is world-writable (mode 0777); fix: chmod go-w /mounted/program"
            #expect(try hazard("mounted/program") == expected)
            try #require(mount("none", directory, nil, UInt(MS_REMOUNT | MS_BIND | MS_RDONLY), nil) == 0)
            #expect(try hazard("mounted/program") == expected)
            try #require(mount("none", directory, nil, UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
            #expect(try hazard("mounted/program") == nil)
        }

        @Test func anUnsafeInterpreterIsRefusedUnlessItIsAllowed() throws {
            let program = try root.writeProgram([1], to: "opt/program")
            func declare(_ extra: String) throws {
                try root.write(
                    "[entry.a]\nmagic = \"TEST\"\ninterpreter = \"\(program)\"\n\(extra)",
                    to: "etc/binfmtd/entries.d/a.toml")
            }
            try declare("")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try PrivateRegistry.names() == ["a"])
            chmod(0o777, "opt/program")
            try daemon.wait { try PrivateRegistry.names() == [] }
            #expect(
                daemon.log.contains(
                    "<4>\(root.path)/etc/binfmtd/entries.d/a.toml:1:8: Entry 'a' is refused: \(program) is "
                        + "world-writable (mode 0777): anyone able to modify it could run code as every user who starts "
                        + "such a program; fix: chmod go-w \(program). Override: allow-unsafe-interpreter = true\n"))
            try declare("allow-unsafe-interpreter = true\n")
            try daemon.wait { try PrivateRegistry.names() == ["a"] }
        }

        @Test func anUnsafeConfigurationFileIsNotRead() throws {
            try root.write(
                "[entry.a]\nmagic = \"A\"\ninterpreter = \"/bin/true\"\n", to: "etc/binfmtd/entries.d/a.toml")
            try root.write(
                "[entry.b]\nmagic = \"B\"\ninterpreter = \"/bin/true\"\n", to: "etc/binfmtd/entries.d/b.toml")
            chmod(0o666, "etc/binfmtd/entries.d/b.toml")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try PrivateRegistry.names() == ["a"])
            let file = "\(root.path)/etc/binfmtd/entries.d/b.toml"
            #expect(daemon.log.contains("<3>\(file): \(file) is world-writable (mode 0666)"))
            chmod(0o644, "etc/binfmtd/entries.d/b.toml")
            try daemon.wait { try PrivateRegistry.names() == ["a", "b"] }
        }
    }
}
