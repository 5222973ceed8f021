// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// `binfmtctl status --watch`.
    @Suite struct LiveStatusTests {
        private let root = TemporaryDirectory()
        private let client: String

        init() throws {
            client = try Fixtures.program("binfmtctl")
            _ = try PrivateRegistry.open()
            try root.write("[daemon]\nbinfmt-d = false\n[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
        }

        /// The command, with what it has written so far in a file.
        private func start(_ arguments: String...) throws -> (process: Process, text: () -> String) {
            let file = root.path.appending("written").string
            try Data().write(to: URL(filePath: file))
            let process = Process()
            process.executableURL = URL(filePath: client)
            process.arguments = ["status", "--watch", "--root", root.path.string] + arguments
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: file))
            process.standardInput = FileHandle.nullDevice
            try process.run()
            return (process, { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" })
        }

        @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
        func showsEachChangeUntilASignalEndsIt(_ signal: Int32) throws {
            let (process, text) = try start()
            defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
            try eventually { text().contains("No declared entry can be registered") }
            try PrivateRegistry.write(":theirs:E::theirs::/bin/true:", to: "register")
            try eventually { text().contains("Entries: 1 foreign") }
            try PrivateRegistry.write("-1", to: "theirs")
            try eventually { text().components(separatedBy: "No declared entry").count == 3 }
            #expect(!text().contains("\u{1b}"))
            kill(process.processIdentifier, signal)
            process.waitUntilExit()
            #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        }

        @Test func printsADocumentALine() throws {
            let (process, text) = try start("--json", "jar")
            defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
            try eventually { text().hasSuffix("\n") }
            try root.write(
                "[entry.jar]\npreset = \"jar\"\ninterpreter = \"/bin/true\"\n", to: "etc/binfmtd/entries.d/j.toml")
            try eventually { text().contains(#""state":"pending""#) && text().hasSuffix("\n") }
            kill(process.processIdentifier, SIGINT)
            process.waitUntilExit()
            let lines = text().split(separator: "\n")
            #expect(lines.count >= 2)
            for line in lines { #expect(try JSONValue(parsing: String(line))["version"] != nil) }
        }

        /// Without another change it would never notice by writing.
        @Test func endsWithItsReader() throws {
            let script = "{ \"$0\" status --watch --root \"$1\"; echo $? >&2; } | head -n 1"
            let run = try Program.run("sh", ["-c", script, client, root.path.string])
            #expect(run.output == "No declared entry can be registered on this host\n")
            #expect(run.errors == "0\n")
        }

        /// Who reads the status of such an entry asks the kernel, by a write.
        @Test func toAskTheKernelIsNoChange() throws {
            var looks = 0
            let isAsked = try HostWatch(HostPaths(root: root.path)).wait(.milliseconds(300)) {
                looks += 1
                _ = try? KernelRegistry(at: PrivateRegistry.path).features
                return looks > 3
            }
            #expect(!isAsked)
        }

        /// An end that comes between a follower's look at the status and its watch raises no event.
        @Test func theDaemonsEndBeforeTheWatchIsAChange() throws {
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let watch = try HostWatch(HostPaths(root: root.path))
            try watch.watch()
            _ = try watch.takeChange()
            daemon.crash()
            try watch.watch()
            #expect(try watch.takeChange())
            #expect(try !watch.takeChange())
        }

        /// 124 is timeout(1)'s.
        @Test func waitingEndsInTimeForAnEntryThatTheKernelIsAskedAbout() throws {
            try root.write(
                "[entry.t]\nextension = \"t\"\ninterpreter = \"/bin/true\"\ntransparent = true\n",
                to: "etc/binfmtd/entries.d/t.toml")
            let wait = ["20", client, "status", "--wait", "1", "--root", root.path.string]
            #expect(try Program.run("timeout", wait).status == 1)
        }

        @Test func cannotBeCombinedWithWaiting() throws {
            #expect(try Program.run(client, ["status", "--watch", "--wait", "1"]).status == 64)
        }
    }
}
