// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// `binfmt-d = true` reads binfmt.d(5) as systemd-binfmt does; each tree is compared with the real program.
    @Suite struct SystemdBinfmtTests {
        private static let program = "/usr/lib/systemd/systemd-binfmt"

        private let root = TemporaryDirectory()
        private let registry: KernelRegistry

        init() throws {
            registry = try PrivateRegistry.open()
            try #require(FileManager.default.isExecutableFile(atPath: Self.program), "there is no systemd-binfmt")
            try root.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
        }

        @Test func registersTheSameEntriesInTheSameOrder() throws {
            var entries = 0
            var refused = 0
            for seed in UInt64(0)..<200 {
                let tree = BinfmtDTree(seed: seed, withMistakes: true)
                try tree.write(below: root.path)
                let theirs = try runSystemdBinfmt()
                let wanted = try table()
                try PrivateRegistry.flush()
                try? root.remove("run/binfmtd")
                let ours = try apply()
                let found = try table()
                #expect(found == wanted, "\(tree)\nsystemd-binfmt: \(theirs)\nbinfmtd: \(ours)")
                entries += wanted.count
                if !theirs.isEmpty { refused += 1 }
            }
            #expect(entries > 500 && refused > 60, "\(entries) entries, \(refused) trees with mistakes")
        }

        /// From one tree to the next, as an administrator edits them; with a mistake in one nothing would be unregistered.
        @Test func givesTheSameTableAfterEveryEdit() throws {
            let trees = (1000..<1060).map { BinfmtDTree(seed: $0, withMistakes: false) }
            let wanted = try trees.map { tree in
                try tree.write(below: root.path)
                let theirs = try runSystemdBinfmt()
                #expect(theirs.isEmpty, "\(tree)\n\(theirs)")
                return (table: try table().sorted(), order: Self.order(try registry.observe().entries))
            }
            try PrivateRegistry.flush()
            for (tree, wanted) in zip(trees, wanted) {
                try tree.write(below: root.path)
                let ours = try apply()
                let found = try table().sorted()
                #expect(found == wanted.table, "\(tree)\nbinfmtd: \(ours)")
                #expect(Self.order(try registry.observe().entries) == wanted.order, "\(tree)\nbinfmtd: \(ours)")
            }
            #expect(wanted.map(\.table.count).reduce(0, +) > 300)
        }

        /// The kernel's entries in matching order, as binfmtd would write them: without all-ones masks, and without
        /// `//` in paths.
        private func table() throws -> [String] {
            try registry.observe().entries.map { ($0.isEnabled ? "" : "disabled ") + ($0.entry?.registerText ?? "?") }
        }

        /// The order of each two entries that can match the same file.
        private static func order(_ entries: [ObservedEntry]) -> Set<[EntryName]> {
            var order: Set<[EntryName]> = []
            for (index, first) in entries.enumerated() {
                for second in entries[(index + 1)...] {
                    if let a = first.recognition, let b = second.recognition, a.overlaps(b) {
                        order.insert([first.name, second.name])
                    }
                }
            }
            return order
        }

        /// - Returns: its complaints.
        private func runSystemdBinfmt() throws -> String {
            let binds = """
                for folder in etc/binfmt.d usr/lib/binfmt.d run usr/local/lib; do
                    mount --bind "$1/$folder" "/$folder" || exit 99
                done
                exec \(Self.program)
                """
            let run = try Program.run("unshare", ["--mount", "sh", "-c", binds, "sh", root.path.string])
            try #require(run.status != 99, "\(run.errors)")
            return run.errors
        }

        /// - Returns: its messages.
        private func apply() throws -> String {
            try Program.run(Fixtures.program("binfmtctl"), ["apply", "--root", root.path.string]).output
                .replacing(root.path.string, with: "")
        }
    }
}
