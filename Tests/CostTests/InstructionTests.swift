// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Foundation
import SystemPackage
import TestSupport
import Testing

extension CostTests {
    /// The work of a start, counted in instructions, because times differ between machines and between runs.
    @Suite struct InstructionTests {
        private let root = TemporaryDirectory()

        init() throws {
            _ = try PrivateRegistry.open()
            try root.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
        }

        @Test func aStartIsNoMoreWorkThanItWas() throws {
            let table = try Fixtures.text("instructions.tsv").split(separator: "\n").filter { !$0.hasPrefix("#") }
            let baseline = table.reduce(into: [String: Double]()) { baseline, line in
                let columns = line.split(separator: "\t").map(String.init)
                baseline[columns[0]] = Double(columns[1])
            }
            var counted = ["nothing declared": try instructionsOfAStart()]
            let lines = (0..<500).map { ":e\($0):M::MAGIC\(1000 + $0)::/bin/true:\n" }
            try root.write(lines.joined(), to: "etc/binfmt.d/many.conf")
            counted["500 entries, the first pass"] = try instructionsOfAStart()
            #expect(try PrivateRegistry.names().count == lines.count)
            counted["500 entries, in sync"] = try instructionsOfAStart()

            #expect(counted.keys.sorted() == baseline.keys.sorted())
            for (what, count) in counted {
                let before = try #require(baseline[what])
                #expect(
                    (0.9 * before...1.1 * before).contains(count),
                    "\(what): \(count) million, \(before) in instructions.tsv; what was meant to change is to be noted there"
                )
            }
        }

        /// Up to the end of the first pass, in millions.
        private func instructionsOfAStart() throws -> Double {
            let profile = root.path.appending("callgrind.out")
            // Each pass has its own count.
            let valgrind = [
                "/usr/bin/valgrind", "--tool=callgrind", "--callgrind-out-file=\(profile)",
                "--dump-after=*DaemonC4pass*",
            ]
            let daemon = try RunningDaemon(
                Fixtures.release, root: root, through: valgrind, environment: ["SWIFT_DETERMINISTIC_HASHING": "1"])
            #expect(daemon.stop() == 0)
            let first = try String(contentsOfFile: "\(profile).1", encoding: .utf8)
            let summary = try #require(first.split(separator: "\n").first { $0.hasPrefix("summary: ") })
            return try #require(Double(summary.dropFirst("summary: ".count))) / 1e6
        }
    }
}
