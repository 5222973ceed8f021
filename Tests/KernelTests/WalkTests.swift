// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

extension KernelTests {
    /// The whole daemon, in a random walk of deeds beside a model of what must hold: at a rest the table is as declared,
    /// what is foreign is untouched, and nothing is left over or leaked; and at every moment the protected files are
    /// served.
    @Suite struct WalkTests {
        private static let environment = ProcessInfo.processInfo.environment
        /// The number of deeds, the seed, the time for shrinking a failed walk in seconds, and a list of deeds to repeat.
        private static let deeds = environment["WALK_DEEDS"].flatMap(Int.init) ?? 3000
        private static let seeds: [UInt64] = environment["WALK_SEED"].flatMap(UInt64.init).map { [$0] } ?? [1, 2]
        private static let limit = environment["WALK_SHRINK"].flatMap(Int.init) ?? 120
        private static let file = environment["WALK_FILE"]

        @Test(arguments: seeds) func aRandomWalk(_ seed: UInt64) throws {
            var generator = WalkGenerator(seed: seed)
            let steps =
                try Self.file.map { try Deed.steps(in: String(contentsOfFile: $0, encoding: .utf8)) }
                ?? generator.steps(Self.deeds)
            switch walk(steps) {
            case .success(let figures):
                print("Seed \(seed): \(steps.count) deeds, \(figures)")
                // In a short walk a daemon still touches pages for the first time, about 20 kB of them, more on a busy machine.
                #expect(figures.growth <= (steps.count < 10_000 ? 128 : 64), "\(figures.footprints)")
            case .failure(let failure):
                let shrunk = shrink(Array(steps.prefix(failure.steps)))
                let text = try Deed.text(of: shrunk)
                let file = Fixtures.repository.appending(path: ".build/walk.jsonl")
                try Data(text.utf8).write(to: file)
                Issue.record(
                    """
                    Seed \(seed), deed \(failure.steps): \(failure.error)
                    \(shrunk.count) of the deeds fail, too; WALK_FILE=\(file.path()) repeats them:
                    \(text)
                    """)
            }
        }

        private struct Failed: Error {
            /// The number of deeds up to the one that failed.
            let steps: Int
            let error: any Error
        }

        private func walk(_ steps: [Deed.Step], patience: Duration = .seconds(10)) -> Result<WalkFigures, Failed> {
            var done = 0
            do {
                let scene = try WalkScene(patience: patience, settles: steps.contains { $0.deed == .settle })
                for step in steps {
                    done += 1
                    try scene.happen(step)
                }
                return .success(try scene.end())
            } catch { return .failure(Failed(steps: done, error: error)) }
        }

        private func shrink(_ failed: [Deed.Step]) -> [Deed.Step] {
            let check: Deed = failed.last?.deed == .settle ? .settle : .rest
            func fails(_ steps: [Deed.Step]) -> Bool {
                let result = walk(steps + [Deed.Step(deed: check)], patience: .seconds(2))
                return if case .failure = result { true } else { false }
            }
            // Whether it fails may depend on the time that things take.
            let attempts = fails(failed) ? 1 : 3
            let shrinker = WalkShrinker(deadline: .now + .seconds(Self.limit)) { steps in
                (0..<attempts).contains { _ in fails(steps) }
            }
            return shrinker.shrink(failed)
        }
    }
}
