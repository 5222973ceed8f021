// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Commands with a private registry.
    @Suite struct PrivateInstanceTests {
        private let root = TemporaryDirectory()

        init() throws {
            _ = try PrivateRegistry.open()
            try root.write("[daemon]\nbinfmt-d = false\n", to: "etc/binfmtd/binfmtd.toml")
        }

        private func arguments(_ command: [String]) -> [String] {
            ["exec", "--root", root.path.string, "--"] + command
        }

        private func exec(_ command: String...) throws -> Program {
            try Program.run(Fixtures.program("binfmtctl"), arguments(command))
        }

        @Test(arguments: [("arm64", "aarch64"), ("s390x", "s390x")])
        func runForeignPrograms(_ architecture: String, _ machine: String) throws {
            let busybox = try Fixtures.program("foreign/\(architecture)/bin/busybox")
            let run = try exec(busybox, "uname", "-m")
            #expect(run.output == machine + "\n" && run.status == 0, "\(run.errors)")
            #expect(try PrivateRegistry.names() == [])
        }

        /// The command replaces this process, so that its exit status and signals need no process in between.
        @Test func endAsTheyEnd() throws {
            #expect(try exec("sh", "-c", "exit 7").status == 7)
            // The test runner may make its children ignore any other signal.
            #expect(try exec("sh", "-c", "kill -KILL $$").status == SIGKILL)
            let process = Process()
            let output = Pipe()
            process.executableURL = URL(filePath: try Fixtures.program("binfmtctl"))
            process.arguments = arguments(["sh", "-c", "echo $$"])
            process.standardOutput = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(text == "\(process.processIdentifier)\n")
        }

        @Test func areTheSameUserInside() throws {
            let ids = try exec("sh", "-c", "id -u; id -g; grep CapEff /proc/self/status")
            #expect(
                ids.output == (try Program.run("sh", ["-c", "id -u; id -g; grep CapEff /proc/self/status"])).output)
        }

        /// Processes that the command leaves running keep the registry; its entries go with the last of them.
        @Test func nothingOfThemIsSeenOutside() throws {
            try PrivateRegistry.write(":outside:M::OUT::/bin/true:", to: "register")
            let run = try exec("sh", "-c", "ls /proc/sys/fs/binfmt_misc; echo -1 >/proc/sys/fs/binfmt_misc/status")
            #expect(run.status == 0 && run.output.contains("qemu-aarch64\n") && !run.output.contains("outside"))
            #expect(try PrivateRegistry.names() == ["outside"])
        }

        /// An entry that the kernel refuses is reported with the reason, and all others are registered.
        @Test func anEntryThatTheKernelRefusesIsReported() throws {
            let plain = root.path.appending("plain")
            try root.write("not executable", to: "plain")
            try root.write(
                """
                [qemu]
                targets = []
                [entry.first]
                extension = "first"
                interpreter = "/bin/true"
                fix-binary = true
                [entry.refused]
                extension = "refused"
                interpreter = "\(plain)"
                fix-binary = true
                allow-unsafe-interpreter = true
                [entry.third]
                extension = "third"
                interpreter = "/bin/true"

                """, to: "etc/binfmtd/binfmtd.toml")
            let run = try exec("ls", "/proc/sys/fs/binfmt_misc")
            #expect(run.output.split(separator: "\n").sorted() == ["first", "register", "status", "third"])
            let refusal = "Entry 'refused' is not registered: cannot register 'refused': Permission denied ("
            #expect(run.errors.contains("warning: \(refusal)\(plain) is not executable"), "\(run.errors)")
        }

        @Test func reportsWhyNoNamespaceCanBeCreated() throws {
            let command = try Fixtures.program("binfmtctl") + " exec --root \(root.path) -- true"
            let run = try Program.run(
                "unshare", ["-Ur", "sh", "-c", "echo 0 >/proc/sys/user/max_user_namespaces && \(command)"])
            #expect(run.status == 125)
            #expect(run.errors.hasPrefix("error: cannot create a user namespace: "), "\(run.errors)")
            #expect(run.errors.hasSuffix("; the limit user.max_user_namespaces is reached\n"), "\(run.errors)")
        }
    }
}
