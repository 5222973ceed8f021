// SPDX-License-Identifier: Apache-2.0

/// The keys of one table in order, with the offset of each.
///
/// A few keys are searched linearly; only a large table pays for a dictionary.
struct KeyIndex: Sendable {
    private var keys: [TOMLKey] = []
    private var offsets: [ExactName: Int] = [:]

    /// The largest number of keys that are searched linearly.
    private static let searched = 32

    subscript(offset: Int) -> TOMLKey { keys[offset] }

    func offset(of name: String) -> Int? {
        guard keys.count <= Self.searched else { return offsets[ExactName(name: name)] }
        return keys.firstIndex { ExactName(name: $0.name) == ExactName(name: name) }
    }

    /// Adds a key. If its name is already present, nothing changes and its offset is returned.
    mutating func insert(_ key: TOMLKey) -> Int? {
        if keys.count <= Self.searched {
            if let offset = offset(of: key.name) { return offset }
            keys.append(key)
            guard keys.count > Self.searched else { return nil }
            for (offset, key) in keys.enumerated() { offsets[ExactName(name: key.name)] = offset }
            return nil
        }
        // An update that is undone in the rare case costs one hash in the usual case instead of two.
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
/// For `String` canonical equivalents are equal, for TOML they are not; and thousands of equivalent spellings of one
/// name would all have the same hash.
struct ExactName: Hashable {
    let name: String

    static func == (first: ExactName, second: ExactName) -> Bool {
        first.name.utf8.count == second.name.utf8.count && first.name.utf8.elementsEqual(second.name.utf8)
    }

    func hash(into hasher: inout Hasher) {
        // Names are native strings, whose bytes are contiguous. No name is the prefix of another's hash.
        name.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8.max)
    }
}
