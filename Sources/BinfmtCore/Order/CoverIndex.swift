// SPDX-License-Identifier: Apache-2.0

/// A list of entries that finds the first one which takes all files of another. The patterns are hashed by shape, since a
/// table of thousands has few shapes: to compare each pair took a second for 10,000 entries.
struct CoverIndex {
    private struct Found {
        let place: Int
        let name: EntryName
    }

    private var magics: [MagicPattern.Shape: [[UInt8]: Found]] = [:]
    private var extensions: [FilenameExtension: Found] = [:]
    private var count = 0

    mutating func append(_ name: EntryName, _ recognition: Recognition) {
        let found = Found(place: count, name: name)
        count += 1
        switch recognition {
        case .filenameExtension(let text): Self.keepFirst(&extensions[text], found)
        case .magic(let pattern):
            let shape = pattern.shape
            guard let bits = Self.bits(of: pattern, in: shape) else { return }
            Self.keepFirst(&magics[shape, default: [:]][bits], found)
        }
    }

    private static func keepFirst(_ place: inout Found?, _ found: Found) {
        if place == nil { place = found }
    }

    func first(covering recognition: Recognition) -> EntryName? {
        switch recognition {
        case .filenameExtension(let text): extensions[text]?.name
        case .magic(let pattern):
            magics.compactMap { shape, found in Self.bits(of: pattern, in: shape).flatMap { found[$0] } }
                .min { $0.place < $1.place }?.name
        }
    }

    /// A pattern's bytes where a shape's bits are; nil if its mask excludes one of these bits.
    private static func bits(of pattern: MagicPattern, in shape: MagicPattern.Shape) -> [UInt8]? {
        var bits: [UInt8] = []
        bits.reserveCapacity(shape.mask.count)
        for (index, mask) in shape.mask.enumerated() {
            let place = shape.offset + index - pattern.offset
            let isInside = pattern.magic.indices.contains(place)
            guard mask == 0 || isInside && mask & ~pattern.mask(at: place) == 0 else { return nil }
            bits.append(isInside ? pattern.magic[place] & mask : 0)
        }
        return bits
    }
}
