// SPDX-License-Identifier: Apache-2.0

/// The keys of one table in order, and where each stands among them.
///
/// Few keys are searched one by one; only a large table pays for a dictionary.
struct KeyIndex: Sendable {
    private var keys: [TOMLKey] = []
    private var offsets: [ExactName: Int] = [:]

    /// The largest number of keys that are still searched one by one.
    private static let searched = 32

    subscript(offset: Int) -> TOMLKey { keys[offset] }

    func offset(of name: String) -> Int? {
        guard keys.count <= Self.searched else { return offsets[ExactName(name: name)] }
        return keys.firstIndex { ExactName(name: $0.name) == ExactName(name: name) }
    }

    /// Adds a key, unless its name is there already: then nothing changes, and its offset is returned.
    mutating func insert(_ key: TOMLKey) -> Int? {
        if keys.count <= Self.searched {
            if let offset = offset(of: key.name) { return offset }
            keys.append(key)
            guard keys.count > Self.searched else { return nil }
            for (offset, key) in keys.enumerated() { offsets[ExactName(name: key.name)] = offset }
            return nil
        }
        // An update that is taken back in the rare case costs one hash instead of two in the usual one.
        if let offset = offsets.updateValue(keys.count, forKey: ExactName(name: key.name)) {
            offsets[ExactName(name: key.name)] = offset
            return offset
        }
        keys.append(key)
        return nil
    }
}

/// A name that equals another only if their scalars do.
///
/// `String` takes canonical equivalents for equal, TOML does not; and thousands of equivalent spellings of one name
/// would all have one hash.
private struct ExactName: Hashable {
    let name: String

    static func == (first: ExactName, second: ExactName) -> Bool {
        first.name.utf8.count == second.name.utf8.count && first.name.utf8.elementsEqual(second.name.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
    }
}
