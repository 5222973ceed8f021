// SPDX-License-Identifier: Apache-2.0

/// A list of entries that finds the first one which takes all files of a later one.
///
/// Patterns of the most common shapes are hashed, since a table of thousands has few shapes (see docs/performance.md).
/// Patterns of other shapes are compared one by one, a limited number of them for each entry; beyond that, none is found.
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

    /// Adds an entry behind the others.
    ///
    /// - Returns: the first of the others that takes all its files.
    mutating func append(_ name: EntryName, _ recognition: Recognition) -> EntryName? {
        let added = Found(place: count, name: name)
        count += 1
        switch recognition {
        case .filenameExtension(let text): return Self.keepFirst(&extensions[text], added)?.name
        case .handler(let handler): return Self.keepFirst(&handlers[BPFHandler(name: handler.name)], added)?.name
        case .magic(let pattern): return append(added, pattern)?.name
        }
    }

    /// Of those that take the same files, the first is kept.
    ///
    /// - Returns: the one that was there first.
    private static func keepFirst(_ place: inout Found?, _ added: Found) -> Found? {
        if let first = place { return first }
        place = added
        return nil
    }

    private mutating func append(_ added: Found, _ pattern: MagicPattern) -> Found? {
        let shape = pattern.shape
        var first: Found?
        var isHashed = false
        for index in tables.indices {
            let isItsShape = tables[index].shape == shape
            isHashed = isHashed || isItsShape
            guard let bits = Self.bits(of: pattern, in: tables[index].shape) else { continue }
            let found = isItsShape ? Self.keepFirst(&tables[index].found[bits], added) : tables[index].found[bits]
            if let found, found.place < first?.place ?? added.place { first = found }
        }
        first = firstOther(covering: pattern, before: first?.place ?? added.place) ?? first
        if !isHashed { others.append((pattern, added)) }
        return first
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
