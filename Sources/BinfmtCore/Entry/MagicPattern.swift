// SPDX-License-Identifier: Apache-2.0

/// Bytes that the kernel looks for in the first 256 of a file (binfmt_misc's type `M`).
///
/// Two patterns are equal if no bit that their mask selects differs: QEMU's own magics have bits that their masks
/// exclude.
package struct MagicPattern: Sendable {
    /// Where the magic begins, in bytes from the start of the file.
    package let offset: Int
    /// What the bits that count must be.
    package let magic: [UInt8]
    /// The mask, as many bytes as `magic`; nil where every bit counts, as in most patterns.
    private let bits: [UInt8]?

    /// How much of a file the kernel looks at, in bytes (`BINPRM_BUF_SIZE`); a shorter file is padded with zeros.
    package static let window = 256

    /// - Parameter mask: nil for an exact match.
    /// - Throws: where the kernel would answer `EINVAL`.
    package init(offset: Int = 0, magic: [UInt8], mask: [UInt8]? = nil) throws(Invalid) {
        if magic.isEmpty { throw .emptyMagic }
        if offset < 0 { throw .negativeOffset }
        if magic.count > Self.window || offset > Self.window - magic.count {
            throw .beyondWindow(offset: offset, size: magic.count)
        }
        if let mask, mask.count != magic.count { throw .maskLength(mask.count, magic: magic.count) }
        self.offset = offset
        self.magic = magic
        bits = mask?.allSatisfy { $0 == 0xff } == false ? mask : nil
    }

    /// The bits that count, as many bytes as ``magic``; all ones for an exact match.
    package var mask: [UInt8] { bits ?? Array(repeating: 0xff, count: magic.count) }

    /// The bits that count of one byte of the magic.
    func mask(at index: Int) -> UInt8 { bits?[index] ?? 0xff }

    /// Whether every bit counts, so that the kernel needs no mask.
    package var isExact: Bool { bits == nil }

    /// Why bytes cannot be a pattern.
    package enum Invalid: Error, Hashable, CustomStringConvertible {
        case emptyMagic, negativeOffset
        case beyondWindow(offset: Int, size: Int)
        case maskLength(Int, magic: Int)

        package var description: String {
            switch self {
            case .emptyMagic: "the magic must not be empty"
            case .negativeOffset: "the offset must not be negative"
            case .beyondWindow(let offset, let size):
                "offset \(offset) and \(size) bytes of magic reach past the first \(window) bytes, which are all the "
                    + "kernel looks at"
            case .maskLength(let count, let magic):
                "the mask has \(counted(count, "byte", "bytes")), the magic has \(magic)"
            }
        }
    }
}

extension MagicPattern: Hashable {
    package static func == (a: MagicPattern, b: MagicPattern) -> Bool {
        guard a.offset == b.offset, a.magic.count == b.magic.count, a.bits == b.bits else { return false }
        guard let bits = a.bits else { return a.magic == b.magic }
        return bits.indices.allSatisfy { (a.magic[$0] ^ b.magic[$0]) & bits[$0] == 0 }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(offset)
        // Without the mask, thousands of patterns that differ only in theirs would all have the same hash.
        if let bits { hasher.combine(bits) }
        for index in magic.indices { hasher.combine(magic[index] & mask(at: index)) }
    }
}
