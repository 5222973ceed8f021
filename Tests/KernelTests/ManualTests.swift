// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The examples of the manual pages and the help texts are valid commands.
    @Suite struct ManualTests {
        private static func page(_ name: String) throws -> String {
            try String(contentsOf: Fixtures.repository.appending(path: "man/\(name)"), encoding: .utf8)
        }

        /// The lines between `.Bd -literal` and `.Ed`.
        private static func literals(_ page: String) -> [[Substring]] {
            page.components(separatedBy: "\n.Bd -literal").dropFirst().compactMap { block in
                block.components(separatedBy: "\n.Ed").first.map {
                    Array($0.split(separator: "\n", omittingEmptySubsequences: false).dropFirst())
                }
            }
        }

        private static func helpTexts() throws -> [String] {
            let program = try Fixtures.program("binfmtctl")
            let commands = try Program.run(program, ["--help"]).output.split(separator: "\n")
                .filter { $0.hasPrefix("  ") && $0.dropFirst(2).first?.isLetter == true }
                .compactMap { $0.split(separator: " ").first.map(String.init) }
            #expect(commands.count > 10)
            return try commands.map { try Program.run(program, [$0, "--help"]).output }
        }

        @Test func eachExampleIsACommandLine() throws {
            _ = try PrivateRegistry.open()
            let root = TemporaryDirectory()
            try root.write("[qemu]\ntargets = [\"arm64\"]\n", to: "arm.toml")
            let shown = try Self.literals(Self.page("binfmtctl.1")).joined().map { $0.description }
            let helped = try Self.helpTexts().flatMap { text in
                text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            }
            let examples = Set((shown + helped).filter { $0 == "binfmtctl" || $0.hasPrefix("binfmtctl ") })
            #expect(examples.count > 20)
            for example in examples {
                // A comment follows two blanks; other shell syntax is not checked.
                let typed = example.components(separatedBy: "  ")[0].split { "|&>".contains($0) }[0]
                let line = typed.replacing("/srv/arm64", with: root.path.string).replacing(
                    "--wait 10", with: "--wait 0"
                ).replacing(" --watch", with: "")
                let words = line.split(separator: " ", maxSplits: 2).map(String.init)
                let command = words.count > 1 ? " \(words[1]) --root \(root.path) " + words.dropFirst(2).joined() : ""
                let program = try Fixtures.program("binfmtctl")
                let run = try Program.run("sh", ["-c", "cd \(root.path) && exec '\(program)'\(command)"])
                #expect(run.status != 64, "\(example): \(run.errors)")
            }
        }

        /// Report D8: the daemon's page lists every message ID.
        @Test func theDaemonsPageHasEveryMessageID() throws {
            let listed = try Self.page("binfmtd.8").matches(of: /\.It Li ([0-9a-f]{32})\n/).map { String($0.1) }
            #expect(listed == Message.Kind.allCases.map(\.rawValue))
        }

        @Test func eachExampleOfTheConfigurationIsValid() throws {
            let blocks = try Self.literals(Self.page("binfmtd.toml.5"))
            #expect(!blocks.isEmpty)
            for block in blocks {
                let root = TemporaryDirectory()
                // The backslash is the manual page's own escape.
                let text = block.map { $0.replacing("\\e", with: "\\") }.joined(separator: "\n")
                try root.write(text + "\n", to: "example.toml")
                let check = try Program.run(
                    Fixtures.program("binfmtctl"), ["check", root.path.appending("example.toml").string])
                #expect(check.status == 0, "\(check.output)\n\(text)")
            }
        }
    }
}
