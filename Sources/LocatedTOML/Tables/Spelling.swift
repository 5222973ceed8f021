// SPDX-License-Identifier: Apache-2.0

/// Suggests the known word for a misspelt one.
package enum Spelling {
    /// The word nearest to `text`, which may have a third of its letters wrong, or lack the end. Nil if none is near.
    package static func nearest(to text: String, among words: some Sequence<String>) -> String? {
        allNearest(to: text, among: words).first
    }

    /// The same, or all the words that only lack the end, if they are equally long.
    private static func allNearest(to text: String, among words: some Sequence<String>) -> [String] {
        let limit = max(1, text.count / 3)
        let words = Array(words)
        // The distance is at least the difference of the lengths.
        let candidates = words.filter { abs($0.count - text.count) <= limit }
            .map { (word: $0, distance: distance(text, $0)) }
        let best = candidates.min { ($0.distance, $0.word) < ($1.distance, $1.word) }
        if let best, best.distance <= limit { return [best.word] }
        let longer = text.count < 3 ? [] : words.filter { $0.hasPrefix(text) }
        let length = longer.map(\.count).min()
        return longer.filter { $0.count == length }.sorted()
    }

    /// " (did you mean 'WORD' or 'WORD'?)", or nothing.
    package static func hint(for text: String, among words: some Sequence<String>) -> String {
        let near = allNearest(to: text, among: words)
        // Many tell nothing.
        let shown = (near.count > 3 ? [near[0]] : near).map { "'\($0)'" }
        return shown.isEmpty ? "" : " (did you mean \(shown.joined(separator: " or "))?)"
    }

    /// The number of letters to insert, delete, change or swap with their neighbour (optimal string alignment).
    private static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.unicodeScalars.prefix(64))
        let b = Array(b.unicodeScalars.prefix(64))
        var older: [Int] = []
        var previous = Array(0...b.count)
        for i in a.indices {
            var current = [i + 1]
            for j in b.indices {
                var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, older[j - 1] + 1) }
                current.append(cost)
            }
            older = previous
            previous = current
        }
        return previous[b.count]
    }
}
