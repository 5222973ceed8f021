// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Each file in Tests/Fixtures/transcripts is a session.
    @Suite struct TranscriptTests {
        @Test(arguments: try Transcript.names())
        func goesAsTheFixtureSays(_ name: String) throws {
            _ = try PrivateRegistry.open()
            let root = TemporaryDirectory()
            let transcript = try Transcript(name)
            try transcript.prepare(root)
            for line in transcript.registerStrings {
                try PrivateRegistry.write(line.replacing("ROOT", with: root.path.string), to: "register")
            }
            try transcript.expectSession(try transcript.run(in: root))
        }

        /// Text for people fits a terminal of 80 columns; output for programs has no such limit.
        @Test(arguments: try Transcript.names().filter { !$0.hasPrefix("import") })
        func fits80Columns(_ name: String) throws {
            let wraps = name.hasPrefix("explain") || name.hasPrefix("probe")
            var isForPeople = true
            for line in try Transcript(name).session.split(separator: "\n") {
                if line.hasPrefix("% ") { isForPeople = true }
                if line.hasPrefix("$ ") { isForPeople = wraps && !line.contains("--json") }
                #expect(!isForPeople || line.count <= 80, "\(line)")
            }
        }

        /// The same with all of QEMU's targets, long names and long paths, mistakes in long lines, on terminals of
        /// several widths; the wider one shows more.
        @Test(arguments: [80, 132])
        func fitsEveryDeclaration(_ columns: Int) throws {
            _ = try PrivateRegistry.open()
            let root = TemporaryDirectory()
            let folder = "/opt/" + String(repeating: "a-long-name-of-a-folder/", count: 6)
            let long = String(repeating: "long-", count: 30)
            try root.write(
                """
                [daemon]
                binfmt-d = false
                [qemu]
                targets = \(QemuTarget.all.map(\.name))
                interpreter = "\(folder)qemu-{target}-static"
                fix-binary = false
                [entry.\(long)]
                magic = "LONG"
                interpreter = "\(folder)waits"
                fix-binary = true
                [entry.other]
                interpreter = "\(folder)other" # \(long) \(long)
                magic = "0x\(String(repeating: "00", count: 100))zz"
                """, to: "etc/binfmtd/binfmtd.toml")
            let words = [
                "plan", "check", "apply", "status", "status qemu-aarch64 \(long) \(long)er", "plan", "release",
                "register -p yes -t arm64", "register --reset --qemu-path \(folder)", "register --uninstall *", "probe",
                "presets", "presets \(long)",
                "status --registry /tmp/\(long)", "release --registry /tmp/\(long)", "reload",
            ]
            for command in words {
                let run = try Program.runOnTerminal(
                    Fixtures.program("binfmtctl"),
                    command.split(separator: " ").map(String.init) + ["--root", root.path.string], columns: columns)
                #expect(run.status != 64 && !run.output.isEmpty, "\(command)")
                let lines = run.output.replacing(/\u{1b}\[[0-9;]*m/, with: "").split(separator: "\n")
                for line in lines { #expect(line.count <= columns, "\(command): \(line.count) columns: \(line)") }
                if command == "status" {
                    #expect(lines.count > QemuTarget.all.count)
                    #expect(lines.contains { $0.count == columns })
                }
            }
        }
    }
}
