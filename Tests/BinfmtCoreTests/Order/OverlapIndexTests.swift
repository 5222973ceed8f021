// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct OverlapIndexTests {
    /// The index finds the same with so few queries that it searches linearly, and with so many that it makes tables.
    @Test(arguments: UInt64(1)...50)
    func findsWhatALookAtEachFinds(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let all = try (0..<60).map { _ in try CoverIndexTests.recognition(&random) }
        var rarely = OverlapIndex(all, expectedQueries: 0)
        var often = OverlapIndex(all, expectedQueries: 1_000_000_000)
        for asked in all {
            let overlapping = all.indices.filter { all[$0].overlaps(asked) }
            #expect(rarely.overlapping(asked) == overlapping, "\(asked)")
            #expect(often.overlapping(asked) == overlapping, "\(asked)")
        }
    }
}
