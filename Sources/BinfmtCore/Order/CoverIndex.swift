// SPDX-License-Identifier: Apache-2.0

/// A list of entries that finds the first one which takes all files of another.
///
/// Patterns of the most common shapes are hashed, since a table of thousands has few shapes: to compare each pair took a
/// second for 10,000 entries. Patterns of other shapes are compared one by one, a limited number of them for each entry;
/// beyond that, none is found.
struct CoverIndex {
    private struct Found {
        let place: Int
        let name: EntryName
    }

    /// The patterns of one shape.
    private struct Table {
        let shape: MagicPattern.Shape
        var found: [HashedBytes: Found] = [:]
    }

    /// One for each of the most common shapes, of which there are few.
    private var tables: [Table]
    private let comparisonsPerEntry: Int
    /// The patterns of other shapes, in their order.
    private var others: [(pattern: MagicPattern, found: Found)] = []
    private var extensions: [FilenameExtension: Found] = [:]
    private var handlers: [BPFHandler: Found] = [:]
    private var count = 0
    /// The number of pairs of patterns that were compared.
    private(set) var comparisons = 0

    /// - Parameters:
    ///   - recognitions: those of the entries that will be added.
    ///   - comparisonsPerEntry: how many patterns are compared, for each entry.
    init(
        _ recognitions: some Sequence<Recognition>,
        comparisonsPerEntry: Int = MagicPattern.Shape.comparisonsPerEntry
    ) {
        tables = MagicPattern.Shape.mostCommon(recognitions).map { Table(shape: $0) }
        self.comparisonsPerEntry = comparisonsPerEntry
    }

    mutating func append(_ name: EntryName, _ recognition: Recognition) {
        let found = Found(place: count, name: name)
        count += 1
        switch recognition {
        case .filenameExtension(let text): Self.keepFirst(&extensions[text], found)
        case .handler(let handler): Self.keepFirst(&handlers[BPFHandler(name: handler.name)], found)
        case .magic(let pattern):
            let shape = pattern.shape
            guard let table = tables.firstIndex(where: { $0.shape == shape }) else {
                return others.append((pattern, found))
            }
            guard let bits = Self.bits(of: pattern, in: shape) else { return }
            Self.keepFirst(&tables[table].found[bits], found)
        }
    }

    private static func keepFirst(_ place: inout Found?, _ found: Found) {
        if place == nil { place = found }
    }

    mutating func first(covering recognition: Recognition) -> EntryName? {
        switch recognition {
        case .filenameExtension(let text): return extensions[text]?.name
        case .handler(let handler): return handlers[BPFHandler(name: handler.name)]?.name
        case .magic(let pattern):
            var first: Found?
            for table in tables {
                guard let bits = Self.bits(of: pattern, in: table.shape), let found = table.found[bits] else {
                    continue
                }
                if found.place < first?.place ?? count { first = found }
            }
            return firstOther(covering: pattern, before: first?.place ?? count)?.name ?? first?.name
        }
    }

    private mutating func firstOther(covering pattern: MagicPattern, before place: Int) -> Found? {
        let limit = count * comparisonsPerEntry
        for (other, found) in others where found.place < place {
            if comparisons >= limit { return nil }
            comparisons += 1
            if other.covers(pattern) { return found }
        }
        return nil
    }

    /// A pattern's bytes where a shape's bits are; nil if its mask excludes one of these bits.
    private static func bits(of pattern: MagicPattern, in shape: MagicPattern.Shape) -> HashedBytes? {
        if shape.isExact, pattern.isExact, shape.offset == pattern.offset, shape.count == pattern.magic.count {
            return HashedBytes(pattern.magic)
        }
        var bits: [UInt8] = []
        bits.reserveCapacity(shape.count)
        for index in 0..<shape.count {
            let mask = shape.mask(at: index)
            let place = shape.offset + index - pattern.offset
            let isInside = pattern.magic.indices.contains(place)
            guard mask == 0 || isInside && mask & ~pattern.mask(at: place) == 0 else { return nil }
            bits.append(isInside ? pattern.magic[place] & mask : 0)
        }
        return HashedBytes(bits)
    }
}
