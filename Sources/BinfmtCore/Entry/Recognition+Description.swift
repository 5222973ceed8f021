// SPDX-License-Identifier: Apache-2.0

extension Recognition: CustomStringConvertible {
    /// For people to read: "ELF 64-bit little-endian AArch64", "files named *.jar", "MZ", "bytes 8–10 41 49 02".
    package var description: String {
        switch self {
        case .filenameExtension(let name): "*.\(name)"
        case .magic(let pattern): pattern.description
        case .handler(let handler): "what the BPF handler '\(handler)' takes"
        }
    }
}

extension MagicPattern: CustomStringConvertible {
    package var description: String {
        if let identity { return "\(identity)" }
        let isText = isExact && magic.allSatisfy { (0x21...0x7e).contains($0) }
        let bytes = isText ? "'\(magic.printable)'" : Self.spell(magic, mask)
        return offset == 0 ? bytes : "\(bytes) at byte \(offset)"
    }

    /// The machine whose programs it matches, if it is for ELF programs of one machine.
    package var identity: ELFIdentity? {
        guard offset == 0, mask.count >= 20, mask[18] | mask[19] != 0 else { return nil }
        return ELFIdentity(header: magic)
    }

    /// The bytes in hexadecimal, `..` for one that does not count; only the first eight.
    private static func spell(_ magic: [UInt8], _ mask: [UInt8]) -> String {
        let bytes = zip(magic, mask).prefix(8).map { $1 == 0 ? ".." : $0.hex }
        return bytes.joined(separator: " ") + (magic.count > 8 ? " …" : "")
    }
}
