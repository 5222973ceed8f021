// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The output of commands in the README is what they print.
    @Suite struct ReadmeTests {
        private static let url = Fixtures.repository.appending(path: "README.md")
        private static let start = "```console\n$ binfmtctl "
        private static let end = "```\n"

        @Test(arguments: ["explain ./busybox-s390x", "probe --private arm64 s390x riscv64", "exec -- ./busybox-arm64"])
        func showsWhatIsPrinted(_ command: String) throws {
            _ = try PrivateRegistry.open()
            let root = TemporaryDirectory()
            try root.write(
                "[daemon]\nbinfmt-d = false\n[qemu]\ntargets = [\"arm64\", \"s390x\", \"riscv64\"]\n",
                to: "etc/binfmtd/binfmtd.toml")
            if command.hasPrefix("explain") {
                try root.write(
                    "[daemon]\nbinfmt-d = false\n[qemu]\ntargets = [\"arm64\"]\n", to: "etc/binfmtd/binfmtd.toml")
                let apply = try Program.run(Fixtures.program("binfmtctl"), ["apply", "--root", root.path.string])
                #expect(apply.status == 0)
            }
            for architecture in ["arm64", "s390x"] {
                let busybox = try Fixtures.program("foreign/\(architecture)/bin/busybox")
                try FileManager.default.copyItem(
                    atPath: busybox, toPath: root.path.appending("busybox-\(architecture)").string)
            }
            var text = try String(contentsOf: Self.url, encoding: .utf8)
            let place = try #require(text.range(of: Self.start + command))
            let close = try #require(text.range(of: Self.end, range: place.upperBound..<text.endIndex))
            let shown = text[place.lowerBound..<close.lowerBound].dropFirst("```console\n".count)
            let line = try #require(shown.split(separator: "\n").first).dropFirst("$ binfmtctl ".count)
            let words = line.split(separator: " ", maxSplits: 1)
            let run = try Program.run(
                "sh",
                [
                    "-c",
                    "cd \(root.path) && exec \(Fixtures.program("binfmtctl")) \(words[0]) --root \(root.path) \(words[1])",
                ])
            let printed = ("$ binfmtctl \(line)\n" + run.output + run.errors)
                .replacing(/\/[^ ]*\/etc\/binfmtd\/[^ )]*/, with: "/etc/binfmtd/…")
            text.replaceSubrange(shown.startIndex..<shown.endIndex, with: printed)
            try expectEqual(text, fixture: "README.md", as: Self.comparable)
        }

        /// Removes what differs each time: durations, QEMU's version, and therefore the widths of columns.
        private static func comparable(_ text: String) -> String {
            text.replacing(/[0-9]+ ms/, with: "N ms")
                .replacing(/QEMU [0-9.]+/, with: "QEMU N")
                .replacing(/\ +/, with: " ")
        }
    }
}
