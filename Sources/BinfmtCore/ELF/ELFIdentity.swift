// SPDX-License-Identifier: Apache-2.0

/// The machine that an ELF header names (elf(5)).
package struct ELFIdentity: Hashable, Sendable {
    package enum Class: UInt8, Sendable { case bits32 = 1, bits64 = 2 }
    package enum ByteOrder: UInt8, Sendable { case little = 1, big = 2 }

    package let elfClass: Class
    package let byteOrder: ByteOrder
    /// `e_machine`.
    package let machine: UInt16

    package init(_ elfClass: Class, _ byteOrder: ByteOrder, machine: UInt16) {
        self.elfClass = elfClass
        self.byteOrder = byteOrder
        self.machine = machine
    }

    /// - Parameter header: the first bytes of a file, 20 or more.
    /// - Returns: nil if they are not an ELF header's.
    package init?(header: [UInt8]) {
        guard header.count >= 20, header.starts(with: Self.magic),
            let elfClass = Class(rawValue: header[4]), let byteOrder = ByteOrder(rawValue: header[5])
        else { return nil }
        let first = UInt16(header[18])
        let second = UInt16(header[19])
        let machine = byteOrder == .little ? second << 8 | first : first << 8 | second
        self.init(elfClass, byteOrder, machine: machine)
    }

    static let magic: [UInt8] = [0x7f, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")]

    /// `e_type` of a program at a fixed address.
    package static let exec: UInt16 = 2

    /// The first 20 bytes of a header, up to `e_machine`.
    package func header(type: UInt16 = exec, osABI: UInt8 = 0) -> [UInt8] {
        let version: UInt8 = 1
        var header = Self.magic + [elfClass.rawValue, byteOrder.rawValue, version, osABI, 0, 0, 0, 0, 0, 0, 0, 0]
        header += bytes(type)
        header += bytes(machine)
        return header
    }

    /// A 16-bit field of the header as its two bytes.
    package func bytes(_ value: UInt16) -> [UInt8] {
        let low = UInt8(truncatingIfNeeded: value)
        let high = UInt8(value >> 8)
        return byteOrder == .little ? [low, high] : [high, low]
    }

    /// A 32-bit field of the header as its four bytes.
    package func bytes(_ value: UInt32) -> [UInt8] {
        let little = (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return byteOrder == .little ? little : little.reversed()
    }
}

extension ELFIdentity: CustomStringConvertible {
    /// For people to read: "ELF 64-bit little-endian AArch64".
    package var description: String {
        let bits = elfClass == .bits32 ? "32-bit" : "64-bit"
        let order = byteOrder == .little ? "little-endian" : "big-endian"
        return "ELF \(bits) \(order) \(machineName)"
    }

    /// A short form for tables: "AArch64 64 LE".
    package var brief: String {
        "\(machineName) \(elfClass == .bits32 ? "32" : "64") \(byteOrder == .little ? "LE" : "BE")"
    }

    private var machineName: String { Self.machineNames[machine] ?? "machine \(machine)" }

    /// readelf(1)'s names, shortened.
    private static let machineNames: [UInt16: String] = [
        2: "SPARC", 3: "Intel 80386", 4: "Motorola 68000", 6: "Intel 80486", 8: "MIPS", 15: "PA-RISC",
        18: "SPARC v8+", 20: "PowerPC", 21: "PowerPC64", 22: "S/390", 40: "ARM", 42: "SuperH", 43: "SPARC v9",
        62: "x86-64", 76: "CRIS", 92: "OpenRISC", 94: "Xtensa", 164: "Hexagon", 183: "AArch64", 189: "MicroBlaze",
        243: "RISC-V", 258: "LoongArch", 0x9026: "Alpha", 0xbaab: "MicroBlaze",
    ]
}
