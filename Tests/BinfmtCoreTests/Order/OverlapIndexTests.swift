// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct OverlapIndexTests {
    /// The index finds the same while it compares one by one, and when it has made tables.
    @Test(arguments: UInt64(1)...50)
    func findsWhatALookAtEachFinds(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let all = try (0..<60).map { _ in try CoverIndexTests.recognition(&random) }
        var comparing = OverlapIndex(all)
        var hashing = OverlapIndex(all, pairsWorthTables: 0)
        for asked in all {
            let overlapping = all.indices.filter { all[$0].overlaps(asked) }
            #expect(comparing.overlapping(asked) == overlapping, "\(asked)")
            #expect(hashing.overlapping(asked) == overlapping, "\(asked)")
            #expect(comparing.first(overlapping: asked) { $0 > 20 } == overlapping.first { $0 > 20 }, "\(asked)")
            #expect(hashing.first(overlapping: asked) { $0 > 20 } == overlapping.first { $0 > 20 }, "\(asked)")
            #expect(hashing.overlapping(asked) { $0 > 20 } == overlapping.filter { $0 > 20 }, "\(asked)")
        }
    }

    /// Beyond the limit, each pair that was not compared is taken to overlap, so that the order is right in any case.
    @Test(arguments: UInt64(1)...20)
    func beyondTheLimitNothingIsMissed(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let all = try (0..<60).map { _ in try CoverIndexTests.recognition(&random) }
        var index = OverlapIndex(all, pairsWorthTables: 0, comparisonsPerEntry: 1)
        for asked in all {
            let overlapping = all.indices.filter { all[$0].overlaps(asked) }
            #expect(Set(index.overlapping(asked)).isSuperset(of: overlapping))
        }
        #expect(index.comparisons <= all.count)
    }

    /// Entries with masks of their own cost a limited number of comparisons, and no tables. (Report B13: 2,000 took 14 s
    /// and 2.4 GB, because each two shapes had a table.)
    @Test func masksOfTheirOwnCostLittle() throws {
        let all = try CoverIndexTests.masksOfTheirOwn(400)
        var index = OverlapIndex(all, pairsWorthTables: 1000, comparisonsPerEntry: 50)
        for asked in all { _ = index.overlapping(asked) { $0.isMultiple(of: 2) } }
        #expect(index.comparisons <= 1000 + all.count * 50)
        #expect(index.tableSize <= all.count)
    }

    /// Thousands of entries of one shape are found by a table of them.
    @Test func aCommonShapeCostsNoComparisons() throws {
        let all = try (0..<2000).map { number -> Recognition in
            .magic(try MagicPattern(magic: [UInt8(number >> 8), UInt8(number & 0xff)]))
        }
        var index = OverlapIndex(all, pairsWorthTables: 0)
        for (place, asked) in all.enumerated() { #expect(index.overlapping(asked) == [place]) }
        #expect(index.comparisons == 0)
        #expect(index.tableSize == all.count)
    }

    /// Reversing the order of entries with masks of their own re-registers all but one, whether each pair was compared.
    @Test(arguments: [50, 300])
    func theOrderOfMasksOfTheirOwnIsReversed(count: Int) throws {
        let elements = try CoverIndexTests.masksOfTheirOwn(count).enumerated().map { rank, recognition in
            let entry = Entry(
                name: EntryName(observed: "\(rank)".utf8), recognition: recognition, interpreter: "/i", flags: [])
            return MatchingOrder.Element(entry: entry, rank: rank, insists: true)
        }
        #expect(MatchingOrder.overtaking(kept: elements, fresh: []).count == count - 1)
        #expect(MatchingOrder.overtaking(kept: elements.reversed(), fresh: []).isEmpty)
    }
}
