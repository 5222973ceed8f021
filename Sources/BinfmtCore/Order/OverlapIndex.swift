// SPDX-License-Identifier: Apache-2.0

/// Finds which of many recognitions overlap a given one.
///
/// It compares one by one until that takes as long as making hash tables of the patterns by their most common shapes (see
/// docs/performance.md). Patterns of other shapes are compared one by one further on, a limited number of them for each
/// recognition; beyond that, each is taken to overlap, so that all are put in order, whether it matters or not.
struct OverlapIndex {
    private let recognitions: [Recognition]
    private var hashed: Set<MagicPattern.Shape> = []
    /// The places of the patterns of each hashed shape; empty without an index.
    private var patterns: [MagicPattern.Shape: [Int]] = [:]
    /// The places of the patterns of other shapes.
    private var others: [Int] = []
    private var magics: [Int] = []
    private var extensions: [Int] = []
    private var handlers: [Int] = []
    private var sameExtension: [FilenameExtension: [Int]] = [:]
    private var tables: [Shapes: Table] = [:]
    private var isIndexed = false
    private let pairsWorthTables: Int
    private let limit: Int
    /// The number of pairs that were compared.
    private(set) var comparisons = 0
    /// The number of places in all tables.
    private(set) var tableSize = 0

    /// The shape of the patterns in a table, and that of a query.
    private struct Shapes: Hashable {
        let here: MagicPattern.Shape
        let asked: MagicPattern.Shape
    }

    /// The patterns of one shape by their bits that count in the query's shape, too.
    private struct Table {
        var common: [(position: Int, bits: UInt8)] = []
        var places: [HashedBytes: [Int]] = [:]

        func key(_ pattern: MagicPattern) -> HashedBytes {
            HashedBytes(common.map { pattern.magic[$0.position - pattern.offset] & $0.bits })
        }
    }

    /// - Parameters:
    ///   - pairsWorthTables: the number of pairs whose comparison takes as long as making the tables.
    ///   - comparisonsPerEntry: the number of further comparisons, for each recognition.
    init(
        _ recognitions: [Recognition], pairsWorthTables: Int = 1_000_000,
        comparisonsPerEntry: Int = MagicPattern.Shape.comparisonsPerEntry
    ) {
        self.recognitions = recognitions
        self.pairsWorthTables = pairsWorthTables
        limit = pairsWorthTables + comparisonsPerEntry * recognitions.count
    }

    /// The places of the recognitions that overlap a given one, in their order.
    ///
    /// - Parameter isWanted: whether a place counts. It is asked first, because the answer is quick.
    mutating func overlapping(_ asked: Recognition, where isWanted: (Int) -> Bool = { _ in true }) -> [Int] {
        makeIndexIfWorthIt()
        guard isIndexed else { return compared(recognitions.indices, with: asked, where: isWanted) }
        switch asked {
        case .filenameExtension(let text):
            return ((magics + handlers).filter(isWanted) + (sameExtension[text] ?? []).filter(isWanted)).sorted()
        case .handler: return recognitions.indices.filter(isWanted)
        case .magic(let pattern): return overlapping(pattern, asked, where: isWanted)
        }
    }

    private mutating func overlapping(
        _ pattern: MagicPattern, _ asked: Recognition, where isWanted: (Int) -> Bool
    ) -> [Int] {
        let shape = pattern.shape
        guard hashed.contains(shape) else {
            return ((extensions + handlers).filter(isWanted) + compared(magics, with: asked, where: isWanted)).sorted()
        }
        var found = (extensions + handlers).filter(isWanted) + compared(others, with: asked, where: isWanted)
        for (here, places) in patterns {
            let shapes = Shapes(here: here, asked: shape)
            let table = tables[shapes] ?? makeTable(shapes, places)
            found += (table.places[table.key(pattern)] ?? []).filter(isWanted)
        }
        return found.sorted()
    }

    /// The first place of ``overlapping(_:where:)``.
    mutating func first(overlapping asked: Recognition, where isWanted: (Int) -> Bool) -> Int? {
        makeIndexIfWorthIt()
        if isIndexed { return overlapping(asked, where: isWanted).first }
        return recognitions.indices.first { isWanted($0) && overlaps($0, asked) }
    }

    private mutating func compared(
        _ places: some Sequence<Int>, with asked: Recognition, where isWanted: (Int) -> Bool
    ) -> [Int] {
        places.filter { isWanted($0) && overlaps($0, asked) }
    }

    private mutating func overlaps(_ place: Int, _ asked: Recognition) -> Bool {
        if comparisons >= limit { return true }
        comparisons += 1
        return recognitions[place].overlaps(asked)
    }

    private mutating func makeIndexIfWorthIt() {
        if isIndexed || comparisons < pairsWorthTables { return }
        isIndexed = true
        hashed = MagicPattern.Shape.mostCommon(recognitions)
        for (place, recognition) in recognitions.enumerated() {
            switch recognition {
            case .filenameExtension(let text):
                extensions.append(place)
                sameExtension[text, default: []].append(place)
            case .handler: handlers.append(place)
            case .magic(let pattern):
                magics.append(place)
                let shape = pattern.shape
                if hashed.contains(shape) { patterns[shape, default: []].append(place) } else { others.append(place) }
            }
        }
    }

    private mutating func makeTable(_ shapes: Shapes, _ places: [Int]) -> Table {
        var table = Table()
        for index in 0..<shapes.here.count {
            let position = shapes.here.offset + index
            let other = position - shapes.asked.offset
            guard (0..<shapes.asked.count).contains(other) else { continue }
            let bits = shapes.here.mask(at: index) & shapes.asked.mask(at: other)
            if bits != 0 { table.common.append((position, bits)) }
        }
        for place in places {
            guard case .magic(let pattern) = recognitions[place] else { continue }
            table.places[table.key(pattern), default: []].append(place)
        }
        tables[shapes] = table
        tableSize += places.count
        return table
    }
}
