// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

extension KernelTests {
    /// Thousands of random changes; in the end the table is as declared, and the daemon uses no more memory.
    /// `SOAK_DEEDS` and `SOAK_SEED` in the environment set their number and the seed: make soak.
    @Suite struct SoakTests {
        private static let environment = ProcessInfo.processInfo.environment

        @Test func convergesAfterRandomChanges() throws {
            let deeds = Self.environment["SOAK_DEEDS"].flatMap(Int.init) ?? 2000
            let seed = Self.environment["SOAK_SEED"].flatMap(UInt64.init) ?? 1
            let scene = try SoakScene(seed: seed)
            let daemon = try RunningDaemon(Fixtures.release, root: scene.root)
            var passes = 0
            func happen(_ count: Int) throws -> Footprint {
                for _ in 0..<count {
                    try scene.happen()
                    usleep(scene.pause())
                    passes += daemon.unheardPasses()
                }
                try scene.settle()
                return try rest(daemon, scene)
            }
            let before = try happen(deeds / 4)
            let after = try happen(deeds - deeds / 4)
            print("Seed \(seed), \(deeds) deeds, \(passes) passes: \(before), then \(after)")
            #expect(after.descriptors == before.descriptors)
            #expect(after.watches == before.watches)
            #expect(after.privateDirty <= before.privateDirty + 64, "\(before), \(after)")
            #expect(daemon.process.isRunning)
            #expect(daemon.stop() == 0)
        }

        /// Waits until the table is as declared and the daemon sleeps.
        private func rest(_ daemon: RunningDaemon, _ scene: SoakScene) throws -> Footprint {
            let client = try Fixtures.program("binfmtctl")
            let deadline = ContinuousClock.now + .seconds(400)
            while true {
                let plan = try Program.run(client, ["plan", "--root", scene.root.path.string])
                if plan.status == 0 { break }
                try #require(ContinuousClock.now < deadline, "\(plan.output)\(plan.errors)\n\(daemon.log.suffix(4000))")
                _ = daemon.unheardPasses()
                usleep(100_000)
            }
            // The last pass ends by updating its watches and returning memory.
            var switches = -1
            while try daemon.contextSwitches() != switches {
                switches = try daemon.contextSwitches()
                _ = daemon.unheardPasses()
                usleep(500_000)
            }
            // Pages of a binary that was built just now are dirty in the page cache, and counted.
            sync()
            return try Footprint(of: daemon.process.processIdentifier)
        }
    }
}

/// The kernel resources of a process.
private struct Footprint: CustomStringConvertible {
    /// In kB.
    let privateDirty: Int
    let descriptors: Int
    /// The number of inotify watches.
    let watches: Int

    init(of process: Int32) throws {
        let directory = "/proc/\(process)"
        let memory = try String(contentsOfFile: directory + "/smaps_rollup", encoding: .utf8).split(separator: "\n")
            .first { $0.hasPrefix("Private_Dirty:") }
        privateDirty = memory?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first ?? 0
        let files = try FileManager.default.contentsOfDirectory(atPath: directory + "/fd")
        descriptors = files.count
        watches = files.reduce(0) { count, file in
            let text = (try? String(contentsOfFile: "\(directory)/fdinfo/\(file)", encoding: .utf8)) ?? ""
            return count + text.split(separator: "\n").count { $0.hasPrefix("inotify wd:") }
        }
    }

    var description: String { "\(privateDirty) kB, \(descriptors) descriptors, \(watches) watches" }
}
