// SPDX-License-Identifier: Apache-2.0

/// A program of a few instructions that exits with the first byte of its name: whoever can execute it can execute
/// programs of its architecture, and hands on argv[0] or does not. It is made here, an ELF header, one segment and the
/// code (elf(5)).
package struct ProbeProgram: Sendable {
    /// What it is called by.
    package static let name = "*"
    /// What it exits with then, so that it is told from whatever else an exec may end in.
    package static let exitStatus: UInt8 = 42
    /// What it exits with where argv[0] became its path.
    package static let pathStatus = UInt8(ascii: "/")

    /// The file, whole.
    package let image: [UInt8]

    /// - Returns: nil for a target whose instructions are not known here.
    package init?(for target: QemuTarget) {
        guard let architecture = ProbeArchitecture.of(target) else { return nil }
        self.init(architecture)
    }

    package init(_ architecture: ProbeArchitecture) {
        image = Self.image(
            architecture.identity, flags: architecture.flags, segment: Self.loaded, architecture.code)
    }

    /// A file of the target's architecture that nothing can run, since it asks for a folder as its loader. A kernel
    /// that runs such programs natively says so (EACCES), any other does not get that far (ENOEXEC).
    ///
    /// The last byte of the header's padding is set, where QEMU's patterns ask for a zero: no entry of `[qemu]` takes
    /// it.
    package static func unloadable(for target: QemuTarget) -> [UInt8] {
        let flags = ProbeArchitecture.flags(target.name)
        var image = image(target.identity, flags: flags, segment: interpreted, Array("/\0".utf8))
        image[15] = 1
        return image
    }

    private static let address: UInt64 = 0x40_0000

    /// `PT_LOAD`: to be in memory, here with the headers before it.
    private static let loaded: UInt32 = 1
    /// `PT_INTERP`: the path of the loader.
    private static let interpreted: UInt32 = 3

    private static func image(
        _ elf: ELFIdentity, flags: UInt32, segment: UInt32, _ content: [UInt8]
    ) -> [UInt8] {
        let is64 = elf.elfClass == .bits64
        let layout = ELFHeader.Layout(elf.elfClass)
        let headerSize = layout.headerSize
        let segmentSize = layout.segmentSize
        let start = headerSize + segmentSize
        let offset = segment == loaded ? 0 : UInt64(start)
        let size = UInt64(start + content.count) - offset
        func word(_ value: UInt64) -> [UInt8] {
            guard is64 else { return elf.bytes(UInt32(truncatingIfNeeded: value)) }
            let high = UInt32(value >> 32)
            let low = UInt32(truncatingIfNeeded: value)
            return elf.byteOrder == .little ? elf.bytes(low) + elf.bytes(high) : elf.bytes(high) + elf.bytes(low)
        }
        let version: UInt32 = 1
        var image = elf.header() + elf.bytes(version)
        image += word(address + UInt64(start)) + word(UInt64(headerSize)) + word(0)
        image += elf.bytes(flags)
        for field in [headerSize, segmentSize, 1, 0, 0, 0] { image += elf.bytes(UInt16(field)) }

        let readAndExecute: UInt32 = 5
        let alignment: UInt64 = 0x1_0000
        let extent = word(offset) + word(address + offset) + word(address + offset) + word(size) + word(size)
        image += elf.bytes(segment)
        if is64 { image += elf.bytes(readAndExecute) }
        image += extent
        if !is64 { image += elf.bytes(readAndExecute) }
        return image + word(alignment) + content
    }
}
