// SPDX-License-Identifier: Apache-2.0

extension MagicPattern {
    /// The first byte that keeps a file from matching.
    package struct Mismatch: Hashable, Sendable {
        /// The number of bytes before it that count and match.
        package let matched: Int
        /// From the start of the file.
        package let position: Int
        package let found: UInt8
        package let wanted: UInt8
        /// The bits that count.
        package let mask: UInt8
    }

    /// Whether the kernel would take a file that begins with `header` for this pattern.
    package func matches(_ header: [UInt8]) -> Bool { mismatch(in: header) == nil }

    /// - Parameter header: the first bytes of a file; past the end of a short one the kernel sees zeros.
    /// - Returns: nil if the file matches.
    package func mismatch(in header: [UInt8]) -> Mismatch? {
        var matched = 0
        for index in magic.indices {
            let bits = mask(at: index)
            if bits == 0 { continue }
            let position = offset + index
            let found = position < header.count ? header[position] : 0
            if (found ^ magic[index]) & bits != 0 {
                return Mismatch(matched: matched, position: position, found: found, wanted: magic[index], mask: bits)
            }
            matched += 1
        }
        return nil
    }

    /// Whether some file matches both patterns: they agree in every bit that counts in both.
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

    /// Whether every file that matches `other` matches this pattern, too.
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
