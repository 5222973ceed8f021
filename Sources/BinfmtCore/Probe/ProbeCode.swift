// SPDX-License-Identifier: Apache-2.0

/// An architecture for which a probe program can be made.
package struct ProbeArchitecture: Hashable, Sendable {
    /// QEMU's name of it.
    package let name: String
    package let identity: ELFIdentity
    /// `e_flags`: the ABI, where a kernel or an emulator asks for one.
    let flags: UInt32
    /// Exits with the first byte of argv[0].
    let code: [UInt8]

    /// All known targets of QEMU, and one that it dropped in 9.1; Debian 12 has its emulator, but no line for it.
    package static let all: [ProbeArchitecture] =
        QemuTarget.known.compactMap { ProbeArchitecture($0.name, $0.identity) }
        + [
            ProbeArchitecture("nios2", ELFIdentity(.bits32, .little, machine: 113))
        ].compactMap(\.self)

    /// The architecture of a target; nil if no probe program can be made for it.
    package static func of(_ target: QemuTarget) -> ProbeArchitecture? { all.first { $0.name == target.name } }

    private init?(_ name: String, _ identity: ELFIdentity) {
        guard let code = Self.code(name, identity) else { return nil }
        self.name = name
        self.identity = identity
        self.code = code
        flags = Self.flags(name)
    }
}

extension ProbeArchitecture {
    /// argv[0] is the second word on the stack, after argc: load it, load the byte that it points to, exit with that byte.
    /// Each was tested with the emulator of QEMU 7.2.
    private static func code(_ name: String, _ elf: ELFIdentity) -> [UInt8]? {
        switch name {
        case "x86_64":  // mov rsi, [rsp+8]; movzx edi, byte [rsi]; mov eax, 60; syscall
            [0x48, 0x8b, 0x74, 0x24, 8, 0x0f, 0xb6, 0x3e, 0xb8, 60, 0, 0, 0, 0x0f, 0x05]
        case "i386", "i486":  // mov ecx, [esp+4]; movzx ebx, byte [ecx]; mov eax, 1; int 0x80
            [0x8b, 0x4c, 0x24, 4, 0x0f, 0xb6, 0x19, 0xb8, 1, 0, 0, 0, 0xcd, 0x80]
        case "aarch64", "aarch64_be":  // ldr x1, [sp, #8]; ldrb w0, [x1]; mov x8, #93; svc #0; always little-endian
            words(
                ELFIdentity(.bits64, .little, machine: elf.machine), 0xf940_07e1, 0x3940_0020, 0xd280_0ba8, 0xd400_0001)
        case "arm", "armeb":  // ldr r0, [sp, #4]; ldrb r0, [r0]; mov r7, #1; svc #0
            words(elf, 0xe59d_0004, 0xe5d0_0000, 0xe3a0_7001, 0xef00_0000)
        case "riscv32":  // lw a0, 4(sp); lbu a0, 0(a0); li a7, 93; ecall
            words(elf, 0x0041_2503, 0x0005_4503, 0x05d0_0893, 0x0000_0073)
        case "riscv64":  // ld a0, 8(sp); lbu a0, 0(a0); li a7, 93; ecall
            words(elf, 0x0081_3503, 0x0005_4503, 0x05d0_0893, 0x0000_0073)
        case "ppc":  // lwz r3, 4(r1); lbz r3, 0(r3); li r0, 1; sc
            words(elf, 0x8061_0004, 0x8863_0000, 0x3800_0001, 0x4400_0002)
        case "ppc64", "ppc64le":  // ld r3, 8(r1); lbz r3, 0(r3); li r0, 1; sc
            words(elf, 0xe861_0008, 0x8863_0000, 0x3800_0001, 0x4400_0002)
        case "mips", "mipsel": mips(elf, load: 0x8fa4_0004, call: 4001)
        case "mipsn32", "mipsn32el": mips(elf, load: 0x8fa4_0004, call: 6058)
        case "mips64", "mips64el": mips(elf, load: 0xdfa4_0008, call: 5058)
        case "s390x":  // lg %r2, 8(%r15); llgc %r2, 0(%r2); svc 1
            [0xe3, 0x20, 0xf0, 8, 0, 0x04, 0xe3, 0x20, 0x20, 0, 0, 0x90, 0x0a, 1]
        case "m68k":  // movea.l 4(sp), a0; moveq #0, d1; move.b (a0), d1; moveq #1, d0; trap #0
            halves(elf, 0x206f, 4, 0x7200, 0x1210, 0x7001, 0x4e40)
        case "alpha":  // ldq a0, 8(sp); ldbu a0, 0(a0); lda v0, 1; callsys
            words(elf, 0xa61e_0008, 0x2a10_0000, 0x201f_0001, 0x0000_0083)
        case "sparc", "sparc32plus":  // ld [%sp+68], %o0; ldub [%o0], %o0; mov 1, %g1; ta 0x10
            words(elf, 0xd003_a044, 0xd00a_2000, 0x8210_2001, 0x91d0_2010)
        case "sparc64":  // ldx [%sp+2047+136], %o0; ldub [%o0], %o0; mov 1, %g1; ta 0x6d
            words(elf, 0xd05b_a887, 0xd00a_2000, 0x8210_2001, 0x91d0_206d)
        case "sh4", "sh4eb":  // mov.l @(4,r15), r4; mov.b @r4, r4; mov #1, r3; trapa #0x11
            halves(elf, 0x54f1, 0x6440, 0xe301, 0xc311)
        case "hppa":  // argv is in %r24: ldw 0(%r24), %r26; ldb 0(%r26), %r26; ble 0x100(%sr2,%r0); ldi 1, %r20
            words(elf, 0x4b1a_0000, 0x435a_0000, 0xe400_8200, 0x3414_0002)
        case "loongarch64":  // ld.d $a0, $sp, 8; ld.bu $a0, $a0, 0; ori $a7, $zero, 93; syscall 0
            words(elf, 0x28c0_2064, 0x2a00_0084, 0x0381_740b, 0x002b_0000)
        case "microblaze", "microblazeel":  // lwi r5, r1, 4; lbui r5, r5, 0; addik r12, r0, 1; brki r14, 8
            words(elf, 0xe8a1_0004, 0xe0a5_0000, 0x3180_0001, 0xb9cc_0008)
        case "or1k":  // l.lwz r3, 4(r1); l.lbz r3, 0(r3); l.addi r11, r0, 93; l.sys 1
            words(elf, 0x8461_0004, 0x8c63_0000, 0x9d60_005d, 0x2000_0001)
        case "hexagon":  // r0 = memw(r29+#4); r0 = memub(r0+#0); r6 = #93; trap0(#1)
            words(elf, 0x919d_c020, 0x9120_c000, 0x7800_cba6, 0x5400_c004)
        case "xtensa":  // l32i a6, a1, 4; l8ui a6, a6, 0; movi a2, 118; syscall
            [0x62, 0x21, 1, 0x62, 0x06, 0, 0x22, 0xa0, 118, 0, 0x50, 0]
        case "xtensaeb": [0x26, 0x12, 1, 0x26, 0x60, 0, 0x22, 0x0a, 118, 0, 0x05, 0]
        // move.d $sp, $r11; addq 4, $r11; move.d [$r11], $r10; movu.b [$r10], $r10; moveq 1, $r9; break 13
        case "cris":
            halves(elf, 0xb66e, 0xb204, 0xaa6b, 0xa84a, 0x9241, 0xe93d)
        case "nios2":  // ldw r4, 4(sp); ldbu r4, 0(r4); movi r2, 93; trap
            words(elf, 0xd900_0117, 0x2100_0003, 0x0080_1744, 0x003b_683a)
        default: nil
        }
    }

    /// lw or ld $a0; lbu $a0, 0($a0); li $v0, call; syscall
    private static func mips(_ elf: ELFIdentity, load: UInt32, call: UInt32) -> [UInt8] {
        words(elf, load, 0x9084_0000, 0x2402_0000 | call, 0x0000_000c)
    }

    private static func words(_ elf: ELFIdentity, _ words: UInt32...) -> [UInt8] { words.flatMap { elf.bytes($0) } }

    private static func halves(_ elf: ELFIdentity, _ halves: UInt16...) -> [UInt8] { halves.flatMap { elf.bytes($0) } }

    static func flags(_ name: String) -> UInt32 {
        switch name {
        case "arm", "armeb": 0x0500_0000
        // ELFv2: with the older ABI the entry point is a descriptor, not code.
        case "ppc64", "ppc64le": 2
        case "mips", "mipsel": 0x5000_1000
        case "mipsn32", "mipsn32el": 0x6000_0020
        case "mips64", "mips64el": 0x6000_0000
        case "sparc32plus": 0x100
        case "sh4", "sh4eb": 9
        case "hppa": 0x210
        case "loongarch64": 0x43
        // The version of the instructions; QEMU refuses those that it does not know.
        case "hexagon": 0x67
        default: 0
        }
    }
}
