// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

extension CostTests {
    /// The cost of the release build on an idle host.
    @Suite struct FootprintTests {
        private let root = TemporaryDirectory()

        init() throws { _ = try PrivateRegistry.open() }

        private func field(_ name: String, of file: String) throws -> Int {
            let text = try procText(file)
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name + ":") })
            return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1]))
        }

        @Test func idlesWithoutASystemCallInLittleMemory() throws {
            // One file per emulator, as in packages; the daemon keeps each of them.
            for number in 1...31 {
                try root.write("# as declared elsewhere\n", to: "etc/binfmt.d/emulator\(number).conf")
            }
            let daemon = try RunningDaemon(Fixtures.release, root: root)
            #expect(try PrivateRegistry.names().count > 25)
            let directory = "/proc/\(daemon.process.processIdentifier)"
            #expect(try field("Threads", of: directory + "/status") == 1)

            // Pages of a binary that was built just now are dirty in the page cache, and counted.
            sync()
            #expect(try field("Private_Dirty", of: directory + "/smaps_rollup") < 528)

            // Ten seconds of rest are the claim, not a time limit. Other programs' changes in /tmp, where its root is,
            // wake it up, so one of three tries must be quiet.
            let isQuiet = try (0..<3).contains { _ in
                let before = try daemon.contextSwitches()
                Thread.sleep(forTimeInterval: 10)
                return try daemon.contextSwitches() == before
            }
            #expect(isQuiet)
        }

        /// A single use, such as `ContinuousClock` or `contains` of a string, makes the linker include a whole library,
        /// and gives the runtime a fifth more to search.
        @Test(arguments: ["swift_task_create", "dispatch_once_f", "_StringProcessing", "_RegexParser"])
        func isLinkedWithWhatItNeeds(_ sign: String) throws {
            let symbols = try Program.run("nm", [Fixtures.release]).output
            #expect(symbols.contains("swift_allocObject"))
            #expect(!symbols.contains(sign))
        }
    }
}
