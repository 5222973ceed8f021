// SPDX-License-Identifier: Apache-2.0

extension MagicPattern {
    /// The position and the mask of the bytes that count, from the first to the last.
    struct Shape: Hashable {
        let offset: Int
        private let bits: HashedBytes

        var mask: [UInt8] { bits.bytes }

        init(offset: Int, mask: [UInt8]) {
            self.offset = offset
            bits = HashedBytes(mask)
        }
    }

    /// Whether it is for ELF files, by the first bytes of the magic.
    var isELF: Bool { offset == 0 && magic.starts(with: [0x7f] + "ELF".utf8) }

    var shape: Shape {
        let mask = mask
        guard let first = mask.firstIndex(where: { $0 != 0 }), let last = mask.lastIndex(where: { $0 != 0 }) else {
            return Shape(offset: 0, mask: [])
        }
        return Shape(offset: offset + first, mask: Array(mask[first...last]))
    }
}

extension MagicPattern.Shape {
    /// The number of shapes whose patterns an index hashes. Real tables have fewer; with one hash table for each shape of
    /// thousands, 2,000 entries took 14 s and 2.4 GB.
    static let hashed = 16

    /// The number of pairs that an index compares, for each of its entries, to find what it does not hash.
    static let comparisonsPerEntry = 512

    /// The most common shapes, at most ``hashed``.
    static func mostCommon(_ recognitions: some Sequence<Recognition>) -> Set<Self> {
        var counts: [Self: Int] = [:]
        for case .magic(let pattern) in recognitions { counts[pattern.shape, default: 0] += 1 }
        if counts.count <= hashed { return Set(counts.keys) }
        return Set(counts.sorted { $0.value > $1.value }.prefix(hashed).map(\.key))
    }
}
