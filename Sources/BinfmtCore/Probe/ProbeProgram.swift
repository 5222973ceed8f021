// SPDX-License-Identifier: Apache-2.0

/// A program of a few instructions that exits with the first byte of its argv[0]. Its exit status shows whether programs
/// of its architecture run, and whether argv[0] is preserved. The file is an ELF header, one segment's header and the
/// code (elf(5)).
package struct ProbeProgram: Sendable {
    /// The argv[0] that it is executed with.
    package static let name = "*"
    /// The exit status that ``name`` makes, unlike any that a failed execution has.
    package static let exitStatus: UInt8 = 42
    /// The exit status if argv[0] was replaced by the path.
    package static let pathStatus = UInt8(ascii: "/")

    /// The content of the file.
    package let image: [UInt8]

    /// - Returns: nil for a target whose instructions are not known.
    package init?(for target: QemuTarget) {
        guard let architecture = ProbeArchitecture.of(target) else { return nil }
        self.init(architecture)
    }

    package init(_ architecture: ProbeArchitecture) {
        image = Self.image(
            architecture.identity, flags: architecture.flags, segment: Self.loaded, architecture.code)
    }

    /// A file of the target's architecture that cannot be loaded, because it names a directory as its loader. A kernel
    /// that runs such programs natively answers EACCES, any other ENOEXEC.
    ///
    /// The last byte of the header's padding is set, where QEMU's patterns require a zero, so that no entry of `[qemu]`
    /// takes it.
    package static func unloadable(for target: QemuTarget) -> [UInt8] {
        let flags = ProbeArchitecture.flags(target.name)
        var image = image(target.identity, flags: flags, segment: interpreted, Array("/\0".utf8))
        image[15] = 1
        return image
    }

    private static let address: UInt64 = 0x40_0000

    /// `PT_LOAD`: to be loaded, here with the headers before it.
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
