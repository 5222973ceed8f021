// SPDX-License-Identifier: Apache-2.0

/// Finds which of many recognitions overlap a given one.
///
/// For many queries it keeps a hash table for each shape of patterns, since most patterns have one of few shapes. (To
/// reverse the order of 10,000 entries took 1.6 s, pair by pair.)
struct OverlapIndex {
    private let recognitions: [Recognition]
    /// The places of the patterns of each shape; empty without an index.
    private var patterns: [MagicPattern.Shape: [Int]] = [:]
    private var extensions: [Int] = []
    private var tables: [Shapes: Table] = [:]
    private let isIndexed: Bool

    /// The number of pairs whose comparison takes as long as making the tables.
    private static let pairsWorthTables = 1_000_000

    /// The shape of the patterns in a table, and that of a query.
    private struct Shapes: Hashable {
        let here: MagicPattern.Shape
        let asked: MagicPattern.Shape
    }

    /// The patterns of one shape by their bits that count in the query's shape, too.
    private struct Table {
        var common: [(position: Int, bits: UInt8)] = []
        var places: [[UInt8]: [Int]] = [:]

        func key(_ pattern: MagicPattern) -> [UInt8] {
            common.map { pattern.magic[$0.position - pattern.offset] & $0.bits }
        }
    }

    /// - Parameter expectedQueries: about how many queries there will be.
    init(_ recognitions: [Recognition], expectedQueries: Int) {
        self.recognitions = recognitions
        isIndexed = recognitions.count * expectedQueries > Self.pairsWorthTables
        if !isIndexed { return }
        for (place, recognition) in recognitions.enumerated() {
            switch recognition {
            case .magic(let pattern): patterns[pattern.shape, default: []].append(place)
            case .filenameExtension: extensions.append(place)
            }
        }
    }

    /// The places of the recognitions that overlap a given one, in their order.
    mutating func overlapping(_ asked: Recognition) -> [Int] {
        guard isIndexed, case .magic(let pattern) = asked else {
            return recognitions.indices.filter { recognitions[$0].overlaps(asked) }
        }
        let shape = pattern.shape
        var found = extensions
        for (here, places) in patterns {
            let shapes = Shapes(here: here, asked: shape)
            let table = tables[shapes] ?? table(shapes, places)
            tables[shapes] = table
            found += table.places[table.key(pattern)] ?? []
        }
        return found.sorted()
    }

    private func table(_ shapes: Shapes, _ places: [Int]) -> Table {
        var table = Table()
        for (index, mask) in shapes.here.mask.enumerated() {
            let position = shapes.here.offset + index
            let other = position - shapes.asked.offset
            guard shapes.asked.mask.indices.contains(other) else { continue }
            let bits = mask & shapes.asked.mask[other]
            if bits != 0 { table.common.append((position, bits)) }
        }
        for place in places {
            guard case .magic(let pattern) = recognitions[place] else { continue }
            table.places[table.key(pattern), default: []].append(place)
        }
        return table
    }
}
