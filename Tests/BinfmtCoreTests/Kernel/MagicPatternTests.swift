// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct MagicPatternTests {
    @Test(
        arguments: [
            (0, [], nil, MagicPattern.Invalid.emptyMagic),
            (-1, [1], nil, .negativeOffset),
            (256, [1], nil, .beyondWindow(offset: 256, size: 1)),
            (255, [1, 2], nil, .beyondWindow(offset: 255, size: 2)),
            (Int.max, [1], nil, .beyondWindow(offset: .max, size: 1)),
            (0, [UInt8](repeating: 1, count: 257), nil, .beyondWindow(offset: 0, size: 257)),
            (0, [1, 2], [255], .maskLength(1, magic: 2)),
            (0, [1], [], .maskLength(0, magic: 1)),
        ] as [(Int, [UInt8], [UInt8]?, MagicPattern.Invalid)])
    func refuses(_ offset: Int, _ magic: [UInt8], _ mask: [UInt8]?, _ reason: MagicPattern.Invalid) {
        #expect(throws: reason) { try MagicPattern(offset: offset, magic: magic, mask: mask) }
    }

    @Test func reachesTheLastByteOfTheWindow() throws {
        #expect(try MagicPattern(offset: 255, magic: [1]).matches([UInt8](repeating: 0, count: 255) + [1]))
        #expect(try MagicPattern(magic: [UInt8](repeating: 1, count: 256)).magic.count == 256)
    }

    @Test func isEqualWhereItMatchesTheSame() throws {
        let loose = try MagicPattern(magic: [0x12, 0xff], mask: [0xf0, 0x00])
        let normal = try MagicPattern(magic: [0x10, 0x00], mask: [0xf0, 0x00])
        #expect(loose == normal)
        #expect(try MagicPattern(magic: [1], mask: [0xff]) == MagicPattern(magic: [1]))
    }

    @Test func seesZerosBehindTheEndOfAShortFile() throws {
        #expect(try MagicPattern(magic: [0x61, 0]).matches([0x61]))
        #expect(try !MagicPattern(magic: [0x61, 1]).matches([0x61]))
        #expect(try MagicPattern(offset: 9, magic: [0]).matches([]))
    }

    /// Checks overlaps and covers against every file of two bytes.
    @Test func overlapsAndCoversAgreeWithTheFilesThatMatch() throws {
        var random = SeededGenerator(seed: 20)
        let bits: [UInt8] = [0, 1, 2, 3]
        let files = bits.flatMap { first in bits.map { [first, $0] } }
        func pattern() throws -> MagicPattern {
            let offset = Int.random(in: 0...1, using: &random)
            let count = offset == 1 ? 1 : Int.random(in: 1...2, using: &random)
            // The mask leaves only the two lowest bits to the magic, because the files have no others.
            let magic = (0..<count).map { _ in UInt8.random(in: 0...3, using: &random) }
            let mask = (0..<count).map { _ in UInt8.random(in: 0...3, using: &random) }
            return try MagicPattern(offset: offset, magic: magic, mask: mask)
        }
        for _ in 0..<2000 {
            let a = try pattern()
            let b = try pattern()
            let both = files.filter { a.matches($0) && b.matches($0) }
            #expect(a.overlaps(b) == !both.isEmpty, "\(a) \(b)")
            #expect(a.covers(b) == files.allSatisfy { !b.matches($0) || a.matches($0) }, "\(a) \(b)")
        }
    }
}
