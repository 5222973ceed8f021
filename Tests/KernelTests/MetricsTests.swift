// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// `binfmtctl metrics` beside a daemon.
    @Suite struct MetricsTests {
        private let root = TemporaryDirectory()
        private let client: String
        private var file: FilePath { root.path.appending("out/binfmtd.prom") }
        private var features: FilePath { root.path.appending("out/features") }

        private static let settings = "[daemon]\nbinfmt-d = false\n[qemu]\ntargets = [\"arm64\"]\n"

        init() throws {
            client = try Fixtures.program("binfmtctl")
            _ = try PrivateRegistry.open()
            try root.write(Self.settings, to: "etc/binfmtd/binfmtd.toml")
        }

        private func text(_ path: FilePath) -> String {
            (try? String(contentsOfFile: path.string, encoding: .utf8)) ?? ""
        }

        private func has(_ lines: String...) -> Bool {
            let present = Set(text(file).split(separator: "\n").map(String.init))
            return lines.allSatisfy(present.contains)
        }

        @Test func printsTheStatusOfEachEntry() throws {
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let run = try Program.run(client, ["metrics", "--root", root.path.string])
            #expect(run.status == 0 && run.errors == "")
            #expect(run.output.contains("\nbinfmtd_in_sync 1\n") && run.output.contains("\nbinfmtd_running 1\n"))
            let info = #/binfmtd_entry_info\{entry="qemu-aarch64",state="active",platform="linux/arm64",/#
            #expect(run.output.contains(info))
            #expect(run.output.contains(/,flags="P?O?C?F",emulator="QEMU [0-9.]+"\} 1\n/), "\(run.output)")
            #expect(daemon.stop() == 0)
        }

        @Test func reportsAFileThatCannotBeWritten() throws {
            let run = try Program.run(client, ["metrics", "--root", root.path.string, "--output", file.string])
            #expect(run.status == 1)
            #expect(run.errors == "error: cannot write \(file): No such file or directory\n")
        }

        /// An image has no interpreter of its own for the programs of its platform.
        @Test func aFeatureIsAPlatformWhoseInterpreterTheKernelHolds() throws {
            try root.write("", to: "out/other")
            func lines(_ more: String) throws -> [String] {
                try root.write(Self.settings + more, to: "etc/binfmtd/binfmtd.toml")
                let apply = try Program.run(client, ["apply", "--root", root.path.string])
                #expect(apply.status == 0, "\(apply.errors)")
                return try written()
            }
            func written() throws -> [String] {
                let run = try Program.run(
                    client, ["metrics", "--root", root.path.string, "--node-features", features.string])
                #expect(run.status == 0 && run.output == "" && run.errors == "")
                return text(features).split(separator: "\n").map(String.init)
            }
            let held = try lines("")
            let native = try lines("fix-binary = false\n")
            #expect(Set(held).subtracting(native) == ["binfmt-arm64=true"] && !native.isEmpty)
            #expect(try lines("") == held)
            try PrivateRegistry.write("0", to: "status")
            #expect(try written() == native)
            try PrivateRegistry.write("1", to: "status")
        }

        private func inode(_ path: FilePath) throws -> UInt64 { UInt64(try Stat(path).inode.rawValue) }

        @Test func followsWhatHappens() throws {
            try root.write("", to: "out/other")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let writer = Process()
            writer.executableURL = URL(filePath: client)
            writer.arguments = [
                "metrics", "--watch", "--root", root.path.string, "--output", file.string, "--node-features",
                features.string,
            ]
            writer.standardInput = FileHandle.nullDevice
            try writer.run()
            defer { if writer.isRunning { writer.terminate() } }
            try eventually { has("binfmtd_running 1", "binfmtd_entries{state=\"active\"} 1") }
            #expect(text(features).contains("binfmt-arm64=true\n"))

            // Another program's write, and what the daemon makes of it.
            try PrivateRegistry.write("-1", to: "qemu-aarch64")
            try eventually { has("binfmtd_entry_repairs_total{entry=\"qemu-aarch64\"} 1", "binfmtd_in_sync 1") }
            let written = try inode(features)
            try PrivateRegistry.write(":theirs:E::theirs::/bin/true:", to: "register")
            try eventually { has("binfmtd_entries{state=\"foreign\"} 1") }
            #expect(try inode(features) == written, "the platforms are the same")
            // An edit, with a mistake.
            try root.write("[entry.x]\nextention = \"x\"\n", to: "etc/binfmtd/entries.d/x.toml")
            try eventually { has("binfmtd_in_sync 0") && !has("binfmtd_configuration_issues{severity=\"error\"} 0") }

            // A crash leaves the status file as it was.
            daemon.crash()
            try eventually { has("binfmtd_running 0") }
            let again = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            try eventually { has("binfmtd_running 1") }
            #expect(again.stop() == 0)
            try eventually { has("binfmtd_running 0") }

            writer.terminate()
            writer.waitUntilExit()
            #expect(writer.terminationReason == .exit && writer.terminationStatus == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: root.path.appending("out").string) == ["other"])
        }
    }
}
