// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct CoverIndexTests {
    /// The index finds the same as comparing all pairs.
    @Test(arguments: UInt64(1)...50)
    func findsTheFirstThatCovers(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var index = CoverIndex()
        var list: [(EntryName, Recognition)] = []
        for number in 0..<60 {
            let recognition = try Self.recognition(&random)
            let expected = list.first { $0.1.covers(recognition) }?.0
            #expect(index.first(covering: recognition) == expected, "\(recognition)")
            let name = EntryName(observed: "\(number)".utf8)
            list.append((name, recognition))
            index.append(name, recognition)
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
