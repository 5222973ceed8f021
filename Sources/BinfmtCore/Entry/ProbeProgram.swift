// SPDX-License-Identifier: Apache-2.0

/// A program of a few instructions that does nothing but exit: whoever can execute it can execute programs of its
/// architecture. It is made here, an ELF header, one segment and the code (elf(5)).
package struct ProbeProgram: Sendable {
    /// What the program exits with, so that it is told from whatever else an exec may end in.
    package static let exitStatus: UInt8 = 42

    /// The file, whole.
    package let image: [UInt8]

    /// - Returns: nil for a target whose instructions are not known here.
    package init?(for target: QemuTarget) {
        guard let code = Self.code(for: target) else { return nil }
        image = Self.image(target, segment: Self.loaded, code)
    }

    /// A file of the target's architecture that nothing can run, since it asks for a folder as its loader. A kernel
    /// that runs such programs natively says so (EACCES), any other does not get that far (ENOEXEC).
    ///
    /// The last byte of the header's padding is set, where QEMU's patterns ask for a zero: no entry of `[qemu]` takes
    /// it.
    package static func unloadable(for target: QemuTarget) -> [UInt8] {
        var image = image(target, segment: interpreted, Array("/\0".utf8))
        image[15] = 1
        return image
    }

    /// The system call exit(42) in each target's instructions.
    private static func code(for target: QemuTarget) -> [UInt8]? {
        let status = UInt32(exitStatus)
        let elf = target.identity
        switch target.name {
        case "x86_64":  // mov eax, 60; mov edi, 42; syscall
            return [0xb8, 60, 0, 0, 0, 0xbf, exitStatus, 0, 0, 0, 0x0f, 0x05]
        case "i386", "i486":  // mov eax, 1; mov ebx, 42; int 0x80
            return [0xb8, 1, 0, 0, 0, 0xbb, exitStatus, 0, 0, 0, 0xcd, 0x80]
        case "aarch64", "aarch64_be":  // mov x0, #42; mov x8, #93; svc #0; instructions are always little-endian
            let little = ELFIdentity(.bits64, .little, machine: elf.machine)
            return [0xd280_0000 | status << 5, 0xd280_0ba8, 0xd400_0001].flatMap { little.bytes(UInt32($0)) }
        case "arm", "armeb":  // mov r0, #42; mov r7, #1; svc #0
            return [0xe3a0_0000 | status, 0xe3a0_7001, 0xef00_0000].flatMap { elf.bytes(UInt32($0)) }
        case "riscv32", "riscv64":  // li a0, 42; li a7, 93; ecall
            return [0x0000_0513 | status << 20, 0x05d0_0893, 0x0000_0073].flatMap { elf.bytes(UInt32($0)) }
        case "ppc", "ppc64", "ppc64le":  // li r0, 1; li r3, 42; sc
            return [0x3800_0001, 0x3860_0000 | status, 0x4400_0002].flatMap { elf.bytes(UInt32($0)) }
        case "mips", "mipsel": return mips(elf, call: 4001)
        case "mips64", "mips64el": return mips(elf, call: 5058)
        case "mipsn32", "mipsn32el": return mips(elf, call: 6058)
        case "s390x":  // lghi %r2, 42; svc 1
            return [0xa7, 0x29, 0, exitStatus, 0x0a, 1]
        default: return nil
        }
    }

    /// li $v0, call; li $a0, 42; syscall
    private static func mips(_ elf: ELFIdentity, call: UInt32) -> [UInt8] {
        [0x2402_0000 | call, 0x2404_0000 | UInt32(exitStatus), 0x0000_000c].flatMap { elf.bytes(UInt32($0)) }
    }

    /// `e_flags`: the ABI, where a kernel or an emulator asks for one.
    private static func flags(for target: QemuTarget) -> UInt32 {
        switch target.name {
        case "arm", "armeb": 0x0500_0000
        // ELFv2: with the older ABI the entry point is a descriptor, not code.
        case "ppc64", "ppc64le": 2
        case "mips", "mipsel": 0x5000_1000
        case "mipsn32", "mipsn32el": 0x6000_0020
        case "mips64", "mips64el": 0x6000_0000
        default: 0
        }
    }

    private static let address: UInt64 = 0x40_0000

    /// `PT_LOAD`: to be in memory, here with the headers before it.
    private static let loaded: UInt32 = 1
    /// `PT_INTERP`: the path of the loader.
    private static let interpreted: UInt32 = 3

    private static func image(_ target: QemuTarget, segment: UInt32, _ content: [UInt8]) -> [UInt8] {
        let elf = target.identity
        let is64 = elf.elfClass == .bits64
        let headerSize = is64 ? 64 : 52
        let segmentSize = is64 ? 56 : 32
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
        image += elf.bytes(flags(for: target))
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
