// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct CoverIndexTests {
    /// The index finds the same as comparing all pairs.
    @Test(arguments: UInt64(1)...50)
    func findsTheFirstThatCovers(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let all = try (0..<60).map { _ in try Self.recognition(&random) }
        // Of sixty entries here have more than sixteen shapes, so that some are compared one by one.
        var index = CoverIndex(all)
        var list: [(EntryName, Recognition)] = []
        for (number, recognition) in all.enumerated() {
            let expected = list.first { $0.1.covers(recognition) }?.0
            let name = EntryName(observed: "\(number)".utf8)
            #expect(index.append(name, recognition) == expected, "\(recognition)")
            list.append((name, recognition))
        }
    }

    /// Entries with masks of their own cost a limited number of comparisons each. (Report B13: 2,000 took 14 s and
    /// 2.4 GB.) What is found is right, and what is not compared is not found.
    @Test func masksOfTheirOwnCostALimitedNumberOfComparisons() throws {
        let all = try Self.masksOfTheirOwn(400)
        var index = CoverIndex(all, comparisonsPerEntry: 50)
        for (number, recognition) in all.enumerated() {
            #expect(index.append(EntryName(observed: "\(number)".utf8), recognition) == nil)
        }
        #expect(index.comparisons <= all.count * 50)
        #expect(index.comparisons > all.count * 40)
    }

    /// Patterns of 16 bytes that agree in the first eight and have different masks, none of which covers another one.
    static func masksOfTheirOwn(_ count: Int) throws -> [Recognition] {
        try (0..<count).map { number in
            // Each number and its complement: no such mask is part of another one.
            let bits = (0..<12).flatMap { number >> $0 & 1 == 0 ? [0xff, 0] : [0, 0xff] as [UInt8] }
            let mask = [UInt8](repeating: 0xff, count: 8) + bits
            return .magic(try MagicPattern(magic: [UInt8](repeating: 0x41, count: mask.count), mask: mask))
        }
    }

    /// Short patterns of few bytes and masks, so that many cover one another.
    static func recognition(_ random: inout SeededGenerator) throws -> Recognition {
        if Int.random(in: 0..<6, using: &random) == 0 {
            let name = Bool.random(using: &random) ? "a" : "b"
            return .filenameExtension(try FilenameExtension(declaring: name))
        }
        let length = Int.random(in: 1...4, using: &random)
        func bytes(_ choice: [UInt8]) -> [UInt8] { (0..<length).map { _ in choice.randomElement(using: &random) ?? 0 } }
        return .magic(
            try MagicPattern(
                offset: Int.random(in: 0...2, using: &random), magic: bytes([0, 1, 0xf0]),
                mask: Bool.random(using: &random) ? nil : bytes([0, 1, 0xff])))
    }
}
