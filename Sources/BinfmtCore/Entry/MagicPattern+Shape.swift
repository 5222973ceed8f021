// SPDX-License-Identifier: Apache-2.0

extension MagicPattern {
    /// The position and the mask of the bytes that count, from the first to the last.
    struct Shape: Hashable {
        let offset: Int
        let count: Int
        /// Nil where every bit counts, as in most patterns. See docs/performance.md.
        private let bits: HashedBytes?

        /// Whether every bit counts.
        var isExact: Bool { bits == nil }

        init(offset: Int, count: Int) {
            self.offset = offset
            self.count = count
            bits = nil
        }

        init(offset: Int, mask: some Collection<UInt8>) {
            self.offset = offset
            count = mask.count
            bits = mask.allSatisfy { $0 == 0xff } ? nil : HashedBytes(Array(mask))
        }

        /// The bits that count of one of its bytes.
        func mask(at index: Int) -> UInt8 { bits?.bytes[index] ?? 0xff }
    }

    var shape: Shape {
        if isExact { return Shape(offset: offset, count: magic.count) }
        let mask = mask
        guard let first = mask.firstIndex(where: { $0 != 0 }), let last = mask.lastIndex(where: { $0 != 0 }) else {
            return Shape(offset: 0, count: 0)
        }
        return Shape(offset: offset + first, mask: mask[first...last])
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
