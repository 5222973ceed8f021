// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// `binfmtctl register`, on a host of which three emulators are installed.
    @Suite struct RegisterTests {
        private let root = TemporaryDirectory()
        private let installed = ["aarch64", "riscv64", "s390x"]

        init() throws {
            _ = try PrivateRegistry.open()
            let image = try Data(contentsOf: URL(filePath: Fixtures.program("succeed")))
            for target in installed { _ = try root.writeProgram(Array(image), to: "bin/qemu-\(target)-static") }
            try root.write(
                """
                [daemon]
                binfmt-d = false
                [qemu]
                targets = []
                interpreter = "\(root.path)/bin/qemu-{target}-static"
                """, to: "etc/binfmtd/binfmtd.toml")
        }

        private func run(_ arguments: [String]) throws -> (status: Int32, text: String, output: String) {
            let run = try Program.run(
                Fixtures.program("binfmtctl"), ["register"] + arguments + ["--root", root.path.string])
            let text = (run.output + run.errors).replacing(root.path.string, with: "ROOT")
            return (run.status, text, run.output)
        }

        private func files(_ folder: String) throws -> [String] {
            let path = root.path.appending(folder).string
            return (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
        }

        // MARK: - Command lines of existing images

        struct CommandLine: CustomTestStringConvertible, Sendable {
            let arguments: [String]
            let targets: [String]
            let flags: String
            let interpreter: String
            var testDescription: String { arguments.joined(separator: " ") }
        }

        static let commandLines: [CommandLine] = {
            let text = (try? Fixtures.text("register/command-lines")) ?? ""
            return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                let columns = line.split(separator: "|", omittingEmptySubsequences: false).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                return CommandLine(
                    arguments: columns[0].split(separator: " ").map { $0 == "''" ? "" : String($0) },
                    targets: columns[1].split(separator: " ").map(String.init), flags: columns[2],
                    interpreter: columns[3])
            }
        }()

        @Test func thereAreCommandLines() { #expect(Self.commandLines.count > 20) }

        @Test(arguments: commandLines)
        func doesWhatTheImagesDo(_ line: CommandLine) throws {
            let run = try run(line.arguments)
            #expect(run.status == 0, "\(run.text)")
            var targets = QemuTarget.all.filter { line.targets.contains($0.name) }
            if line.targets == ["foreign"] {
                let native = try NativeProbe().natives(among: QemuTarget.all)
                targets = QemuTarget.all.filter { !native.contains($0) }
                #expect(targets.count >= 30)
            } else {
                #expect(targets.count == line.targets.count)
            }
            #expect(try PrivateRegistry.names() == targets.map { "qemu-\($0.name)" }.sorted())
            for target in targets {
                let interpreter = line.interpreter.replacing("{target}", with: target.interpreterName)
                    .replacing("BIN", with: root.path.appending("bin").string)
                let text = try #require(PrivateRegistry.text("qemu-\(target.name)"))
                #expect(text.hasPrefix("enabled\ninterpreter \(interpreter)\nflags: \(line.flags)\n"), "\(text)")
            }
        }

        /// With many of them, `status` reports once that there is no daemon.
        @Test func interpretersThatContainersNeedAreReportedOnce() throws {
            #expect(try run(["--reset", "-Q", "/nowhere"]).status == 0)
            let status = try Program.run(Fixtures.program("binfmtctl"), ["--root", root.path.string])
            #expect(status.status == 0)
            #expect(
                status.output.hasSuffix("others: this host has no interpreter for them; a container has to bring one\n")
            )
            #expect(!status.output.contains("this host has no /nowhere"))
            #expect(try run(["--uninstall", "*"]).status == 0)
        }

        // MARK: - Beside a daemon, and without one

        @Test func besideADaemonItChangesTheConfigurationAndWaits() throws {
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try run(["--install", "arm64,s390x"]).status == 0)
            #expect(try PrivateRegistry.names() == ["qemu-aarch64", "qemu-s390x"])
            _ = daemon.unheardPasses()
            let removed = try run(["--uninstall", "s390x"])
            #expect(removed.status == 0 && removed.text == "- qemu-s390x\n1 entry unregistered.\n", "\(removed.text)")
            #expect(try PrivateRegistry.names() == ["qemu-aarch64"])
            _ = daemon.unheardPasses()

            // A declared entry is disabled, and enabled again.
            try root.write(
                "[entry.jar]\npreset = \"jar\"\ninterpreter = \"/bin/true\"\n", to: "etc/binfmtd/entries.d/10-jar.toml")
            try daemon.wait { try PrivateRegistry.names().contains("jar") }
            #expect(try run(["--uninstall", "jar"]).status == 0)
            #expect(try PrivateRegistry.names() == ["qemu-aarch64"])
            _ = daemon.unheardPasses()
            #expect(try run(["--uninstall", "jar"]).text == "Nothing to do.\n")

            #expect(daemon.stop() == 0)
        }

        @Test func anotherTakesTheRegistryWhereNoDaemonIsSeen() throws {
            let elsewhere = TemporaryDirectory()
            try elsewhere.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: elsewhere)
            let refused = try run(["--install", "arm64"])
            #expect(refused.status == 1 && refused.text.contains("another binfmtd manages"), "\(refused.text)")
            #expect(try files("run/binfmtd/entries.d") == [])
            #expect(daemon.stop() == 0)
        }

        @Test func besideADaemonThatStandsByNothingIsDeclared() throws {
            let elsewhere = TemporaryDirectory()
            try elsewhere.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
            let first = try RunningDaemon(Fixtures.program("binfmtd"), root: elsewhere)
            let second = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let refused = try run(["--install", "arm64"])
            #expect(
                refused.text == """
                    Nothing was changed.
                    Standing by: another binfmtd manages /proc/sys/fs/binfmt_misc

                    """)
            #expect(refused.status == 1)
            #expect(try files("run/binfmtd/entries.d") == [])
            #expect(second.stop() == 0)
            #expect(first.stop() == 0)
        }

        @Test func aFailedWriteLeavesNothing() throws {
            // A directory is in the place of the second of the two files.
            try root.write("", to: "run/binfmtd/entries.d/60-register-qemu-s390x.toml/x")
            let failed = try run(["--install", "arm64,s390x"])
            #expect(failed.status == 1 && failed.text.contains("cannot change"), "\(failed.text)")
            #expect(try files("run/binfmtd/entries.d") == ["60-register-qemu-s390x.toml"])
            #expect(try PrivateRegistry.names() == [])
        }

        @Test func aFileOfALaterNameWins() throws {
            try root.write(
                "[entry.qemu-s390x]\npreset = \"qemu-s390x\"\nfix-binary = false\n",
                to: "etc/binfmtd/entries.d/99-mine.toml")
            let refused = try run(["--install", "arm64,s390x"])
            #expect(refused.status == 1)
            #expect(
                refused.text.contains("ROOT/etc/binfmtd/entries.d/99-mine.toml:1 declares 'qemu-s390x' and overrides"))
            let kept = try run(["--uninstall", "s390x"])
            #expect(kept.status == 1 && kept.text.contains("declares 'qemu-s390x' and overrides"), "\(kept.text)")
            #expect(try files("run/binfmtd/entries.d") == [] && PrivateRegistry.names() == [])
        }

        @Test func whileAFileIsBrokenNothingIsUnregistered() throws {
            #expect(try run(["--install", "arm64"]).status == 0)
            try root.write("[entry.x]\n", to: "etc/binfmtd/entries.d/x.toml")
            let kept = try run(["--uninstall", "arm64"])
            #expect(kept.status == 1 && kept.text.contains("a configuration file is broken"), "\(kept.text)")
        }

        @Test func aForeignNameIsTakenOverOnlyWithReset() throws {
            let other = ":qemu-s390x:E::s390x::/bin/true:"
            try PrivateRegistry.write(other, to: "register")
            let refused = try run(["--install", "arm64,s390x"])
            #expect(refused.status == 1 && refused.text.contains("use --reset to replace it"), "\(refused.text)")
            #expect(try files("run/binfmtd/entries.d") == [] && PrivateRegistry.names() == ["qemu-s390x"])
            #expect(try run(["--install", "arm64,s390x", "--reset"]).status == 0)
            #expect(PrivateRegistry.text("qemu-s390x")?.contains("flags: F\n") == true)
        }

        // MARK: - Without a gap

        @Test func fiftyResetsFailNoExec() throws {
            let image = try Data(contentsOf: URL(filePath: Fixtures.program("succeed")))
            for folder in ["one", "two"] {
                _ = try root.writeProgram(Array(image), to: "\(folder)/qemu-aarch64-static")
            }
            let target = try #require(QemuTarget.named("aarch64"))
            let program = try root.writeProgram(target.pattern.magic, to: "program")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            func register(_ index: Int) throws -> Int32 {
                defer { _ = daemon.unheardPasses() }
                let folder = root.path.appending(index.isMultiple(of: 2) ? "one" : "two").string
                return try run(["--reset", "-p", "yes", "-t", "arm64", "--qemu-path", folder]).status
            }
            #expect(try register(0) == 0)
            let storm = try Storm(program)
            for index in 1...50 { #expect(try register(index) == 0) }
            let result = try storm.end()
            #expect(result.misses.isEmpty)
            #expect(result.execs > 500)
            #expect(PrivateRegistry.text("qemu-aarch64")?.contains("/one/") == true)
            #expect(daemon.stop() == 0)
        }

        // MARK: - What runs here

        @Test func withoutAnOptionItPrintsWhatRuns() throws {
            func document() throws -> [String: [String]] {
                let run = try run([])
                #expect(run.status == 0, "\(run.text)")
                return try JSONDecoder().decode([String: [String]].self, from: Data(run.output.utf8))
            }
            #expect(try #require(try document()["emulators"]) == [])
            #expect(try run(["-t", "arm64,arm", "-p", "yes", "--qemu-path", "/usr/bin"]).status == 0)
            try PrivateRegistry.write("0", to: "qemu-arm")
            let after = try document()
            #expect(after["emulators"] == ["qemu-aarch64"])
            let supported = try #require(after["supported"])
            let host = try NativeProbe().native.identity
            #expect(supported.first == QemuTarget.all.first { $0.identity == host }?.platform)
            #expect(supported.contains("linux/arm64") && !supported.contains("linux/arm/v7"), "\(supported)")
            // In Docker's order: the host's platform with its levels, and then arm64 before 386.
            let native = try NativeProbe().platforms
            let arm64 = try #require(QemuTarget.named("arm64"))
            #expect(supported == native.adding([arm64]).names)
            #expect(supported.starts(with: native.names.filter { $0.hasPrefix("linux/amd64") }))

            let failed = try run(["--registry", "/tmp"])
            #expect(failed.status == 1 && failed.text.contains("binfmt_misc is not mounted at"))
        }
    }
}
