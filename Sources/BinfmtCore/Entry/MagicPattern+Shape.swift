// SPDX-License-Identifier: Apache-2.0

extension MagicPattern {
    /// The position and the mask of the bytes that count, from the first to the last.
    struct Shape: Hashable {
        let offset: Int
        let mask: [UInt8]
    }

    /// Whether it is for ELF files, by the first bytes of the magic.
    var isELF: Bool { offset == 0 && magic.starts(with: [0x7f] + "ELF".utf8) }

    var shape: Shape {
        let mask = mask
        guard let first = mask.firstIndex(where: { $0 != 0 }), let last = mask.lastIndex(where: { $0 != 0 }) else {
            return Shape(offset: 0, mask: [])
        }
        return Shape(offset: offset + first, mask: Array(mask[first...last]))
    }
}
