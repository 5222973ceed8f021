// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

/// The keys that were read of each table, so that the others can be reported.
final class KeyUsage {
    /// A table that was decoded by its keys.
    private struct Use {
        let table: TOMLTable
        let path: [String]
        var read: Set<String> = []
    }

    private var uses: [Use] = []
    private var places: [[String]: Int] = [:]

    /// Begins, or continues, to decode a table.
    ///
    /// - Returns: what ``note(_:of:)`` needs.
    func begin(_ table: TOMLTable, at path: [String]) -> Int {
        if let place = places[path] { return place }
        places[path] = uses.count
        uses.append(Use(table: table, path: path))
        return uses.count - 1
    }

    func note(_ key: String, of place: Int) { uses[place].read.insert(key) }

    /// The first key in the file that nothing read, with its path and the most similar key that was read.
    var firstUnknown: (key: TOMLKey, path: [String], nearest: String?)? {
        var first: (key: TOMLKey, path: [String], nearest: String?)?
        for use in uses {
            for (key, _) in use.table where !use.read.contains(key.name) {
                if let first, first.key.position <= key.position { continue }
                let nearest = Spelling.nearest(to: key.name, among: use.read.sorted())
                first = (key, use.path + [key.name], nearest)
            }
        }
        return first
    }
}
