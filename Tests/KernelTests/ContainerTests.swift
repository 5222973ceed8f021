// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// `binfmtctl container`, the entry point of the image, with this machine's emulators.
    @Suite struct ContainerTests {
        private let client: String

        init() throws {
            client = try Fixtures.program("binfmtctl")
            _ = try PrivateRegistry.open()
        }

        private func run(_ arguments: String...) throws -> Program {
            try Program.run(client, ["container"] + arguments)
        }

        private func emulators(_ run: Program) throws -> [String] {
            struct Document: Decodable { let supported, emulators: [String] }
            return try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).emulators
        }

        private func inodes() throws -> [UInt64] {
            try PrivateRegistry.names().map { name in
                let path = PrivateRegistry.path.appending(name).string
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                return try #require(attributes[.systemFileNumber] as? UInt64)
            }
        }

        /// A line for arm64 programs.
        private func line(_ name: String, _ interpreter: String, _ flags: String) throws -> String {
            let pattern = try #require(QemuTarget.named("arm64")).pattern
            func escaped(_ bytes: [UInt8]) -> String {
                bytes.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            }
            return ":\(name):M::\(escaped(pattern.magic)):\(escaped(pattern.mask)):\(interpreter):\(flags)"
        }

        // MARK: - The images' command lines

        @Test(arguments: [["--reset", "-p", "yes"], ["-p", "yes", "--reset"], ["--install", "all"], []])
        func registersAllEmulators(_ arguments: [String]) throws {
            let run = try Program.run(client, ["container"] + arguments)
            #expect(run.status == 0 && run.errors == "", "\(run.errors)")
            let names = try PrivateRegistry.names()
            #expect(names.count >= 30)
            for name in names { #expect(PrivateRegistry.text(name)?.contains("flags: F\n") == true, "\(name)") }
            if arguments.contains("-p") {
                #expect(run.output.hasPrefix("\(names.count) platforms work: arm64, arm, riscv64, ppc64le, s390x, "))
            } else {
                #expect(try emulators(run) == names)
            }
        }

        @Test func withoutAnOptionOnlyShowsWhatIsThere() throws {
            try PrivateRegistry.write(line("qemu-aarch64", "/usr/bin/qemu-aarch64-static", "F"), to: "register")
            let run = try run()
            #expect(try run.status == 0 && emulators(run) == ["qemu-aarch64"])
            #expect(try PrivateRegistry.names() == ["qemu-aarch64"])
        }

        @Test func withoutPersistenceTheEmulatorIsLookedUpInEachContainer() throws {
            let run = try run("--reset", "-t", "arm64", "-c", "yes")
            #expect(run.status == 0, "\(run.errors)")
            #expect(
                PrivateRegistry.text("qemu-aarch64")?
                    .hasPrefix("enabled\ninterpreter /usr/bin/qemu-aarch64-static\nflags: OC\n") == true)
        }

        @Test func showsItsVersionAndThatOfQemu() throws {
            let run = try run("--version")
            #expect(run.output.wholeMatch(of: /binfmtd\/\d+\.\d+\.\d+ qemu\/\d+\.\d+\.\d+\n/) != nil, "\(run.output)")
        }

        @Test func isBinfmtctlForItsSubcommands() throws {
            let directory = FilePath(client).removingLastComponent().string
            for word in ["presets", "binfmtctl presets"] {
                let run = try Program.run(
                    "env",
                    ["PATH=\(directory)", client, "container"] + word.split(separator: " ").map(String.init))
                #expect(run.status == 0 && run.output.contains("rosetta"), "\(run.errors)")
            }
        }

        @Test(arguments: [["--frob"], ["--install", "nothing"], ["--reset", "--permanent"]])
        func refusesInOneLine(_ arguments: [String]) throws {
            let run = try Program.run(client, ["container"] + arguments)
            #expect(run.status == 64 && run.output == "")
            #expect(run.errors.hasPrefix("error: ") && run.errors.count { $0 == "\n" } == 1, "\(run.errors)")
            #expect(try PrivateRegistry.names() == [])
        }

        // MARK: - What others registered

        @Test func whatWorksStaysAsItIs() throws {
            #expect(try run("--install", "arm64,s390x").status == 0)
            let before = try inodes()
            #expect(try run("--install", "arm64,s390x").status == 0)
            #expect(try inodes() == before)

            // Under another name, too.
            try PrivateRegistry.flush()
            try PrivateRegistry.write(line("arm", "/usr/bin/qemu-aarch64-static", "POF"), to: "register")
            #expect(try run("--install", "arm64").status == 0)
            #expect(try PrivateRegistry.names() == ["arm"])
        }

        @Test func whatDoesNotWorkIsReplacedOnlyByReset() throws {
            try PrivateRegistry.write(line("qemu-aarch64", "/usr/bin/qemu-aarch64-static", ""), to: "register")
            let kept = try run("--install", "arm64")
            #expect(kept.status == 1)
            #expect(
                kept.errors == """
                    error: arm64: a chroot or container needs /usr/bin/qemu-aarch64-static, because the entry lacks F; \
                    use --reset to replace 'qemu-aarch64', which another program registered

                    """)
            #expect(PrivateRegistry.text("qemu-aarch64")?.contains("flags: \n") == true)
            #expect(try run("--install", "arm64", "--reset").status == 0)
            #expect(PrivateRegistry.text("qemu-aarch64")?.contains("flags: F\n") == true)
        }

        @Test func uninstallLeavesWhatRunsNoEmulator() throws {
            try PrivateRegistry.write(":python3.12:E::py::/bin/true:", to: "register")
            #expect(try run("--install", "arm64,s390x").status == 0)
            let one = try run("--uninstall", "arm64")
            #expect(try one.status == 0 && emulators(one) == ["python3.12", "qemu-s390x"])
            #expect(try run("--uninstall", "*").status == 0)
            #expect(try PrivateRegistry.names() == ["python3.12"])
            #expect(try run("--uninstall", "arm64,qemu-*").status == 0)
            let other = try run("--uninstall", "python3.12")
            #expect(other.status == 1)
            #expect(other.errors == "error: 'python3.12' runs no emulator of QEMU's and stays registered\n")
        }

        // MARK: - Beside a daemon

        @Test func besideADaemonOnlyWhatItKeepsWorks() throws {
            let root = TemporaryDirectory()
            try root.write(
                "[daemon]\nbinfmt-d = false\n[qemu]\ntargets = [\"arm64\"]\n", to: "etc/binfmtd/binfmtd.toml")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let before = try inodes()
            for arguments in [["--install", "arm64"], ["--reset", "-p", "yes", "-t", "arm64"]] {
                let run = try Program.run(client, ["container"] + arguments)
                #expect(run.status == 0, "\(run.errors)")
            }
            let absent = try run("--install", "arm64,s390x")
            #expect(absent.status == 1)
            #expect(
                absent.errors
                    == "error: s390x: no entry is registered for it; the binfmtd of this host keeps the table, so declare it there\n"
            )
            let kept = try run("--uninstall", "qemu-*")
            #expect(kept.status == 1)
            #expect(kept.errors == "error: the binfmtd of this host keeps qemu-aarch64 registered\n")
            #expect(try inodes() == before)
            #expect(daemon.stop() == 0)
        }

        // MARK: - The mount

        /// Of an instance that only the container has mounted nothing is left when the container ends.
        @Test func anInstanceThatEndsWithTheContainerIsAnError() throws {
            let root = TemporaryDirectory()
            let place = root.path.appending("registry").string
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            func install(_ namespaces: [String]) throws -> Program {
                try Program.run(
                    "unshare", namespaces + [client, "container", "--registry", place, "--install", "arm64"])
            }
            let lost = try install(["--user", "--map-root-user", "--mount"])
            #expect(lost.status == 1)
            #expect(
                lost.errors == """
                    error: binfmt_misc is not mounted on this host, so that its entries end with this container; mount \
                    it there ('ls /proc/sys/fs/binfmt_misc' triggers systemd's automount), and then run this again

                    """)
            // This namespace has it mounted elsewhere.
            let kept = try install(["--mount"])
            #expect(kept.status == 0, "\(kept.errors)")
            #expect(try PrivateRegistry.names() == ["qemu-aarch64"])
        }
    }
}
