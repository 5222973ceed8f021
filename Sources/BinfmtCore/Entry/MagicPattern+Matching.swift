// SPDX-License-Identifier: Apache-2.0

extension MagicPattern {
    /// Whether the kernel would take a file that begins with `header` for this pattern.
    package func matches(_ header: some RandomAccessCollection<UInt8>) -> Bool {
        for index in magic.indices {
            let position = offset + index
            let byte = position < header.count ? header[header.index(header.startIndex, offsetBy: position)] : 0
            if (byte ^ magic[index]) & mask(at: index) != 0 { return false }
        }
        return true
    }

    /// Whether some file matches both patterns: no bit that both count may differ.
    package func overlaps(_ other: MagicPattern) -> Bool {
        let start = max(offset, other.offset)
        let end = min(offset + magic.count, other.offset + other.magic.count)
        var position = start
        while position < end {
            let a = position - offset
            let b = position - other.offset
            if (magic[a] ^ other.magic[b]) & mask(at: a) & other.mask(at: b) != 0 { return false }
            position += 1
        }
        return true
    }

    /// Whether every file that `other` matches is matched by this pattern as well.
    package func covers(_ other: MagicPattern) -> Bool {
        for index in magic.indices where mask(at: index) != 0 {
            let theirs = offset + index - other.offset
            guard other.magic.indices.contains(theirs),
                mask(at: index) & ~other.mask(at: theirs) == 0,
                (magic[index] ^ other.magic[theirs]) & mask(at: index) == 0
            else { return false }
        }
        return true
    }
}
