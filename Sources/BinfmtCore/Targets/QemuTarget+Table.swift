// SPDX-License-Identifier: Apache-2.0

extension QemuTarget {
    /// One row of the table: how a target's programs are recognised.
    struct Row {
        let name: String
        let family: String
        let identity: ELFIdentity
        /// Bytes of the mask that differ from the usual one, by their position.
        let loose: [Int: UInt8]
        /// The bits of `e_flags` that distinguish this target from another one of the same machine.
        let flags: (value: UInt32, mask: UInt32)?
        let docker: String?
        let aliases: [String]

        init(
            _ name: String, _ family: String, _ elfClass: ELFIdentity.Class, _ order: ELFIdentity.ByteOrder,
            _ machine: UInt16, loose: [Int: UInt8] = [:], flags: (value: UInt32, mask: UInt32)? = nil,
            docker: String? = nil, aliases: [String] = []
        ) {
            self.name = name
            self.family = family
            self.identity = ELFIdentity(elfClass, order, machine: machine)
            self.loose = loose
            self.flags = flags
            self.docker = docker
            self.aliases = aliases
        }

        /// The first 20 bytes of an ELF header: magic, class, byte order and version count; the OS ABI does not; the
        /// padding is zero; the type is ET_EXEC or ET_DYN; the machine counts. With `flags`, up to `e_flags` at byte 36.
        var pattern: MagicPattern? {
            var magic = identity.header()
            var mask = [UInt8](repeating: 0xff, count: 20)
            mask[7] = 0
            let execOrDyn: UInt8 = 0xfe
            mask[identity.byteOrder == .little ? 16 : 17] = execOrDyn
            for (position, bits) in loose { mask[position] = bits }
            if let flags {
                let version: UInt32 = 1
                let skipped = [UInt8](repeating: 0, count: 12)
                magic += identity.bytes(version) + skipped + identity.bytes(flags.value)
                mask += identity.bytes(UInt32.max) + skipped + identity.bytes(flags.mask)
            }
            return try? MagicPattern(magic: magic, mask: mask)
        }
    }

    /// EF_MIPS_ABI2: N32 programs have it, O32 programs of the same machine do not.
    private static let mipsO32 = (value: UInt32(0), mask: UInt32(0x20))
    private static let mipsN32 = (value: UInt32(0x20), mask: UInt32(0x20))

    /// QEMU's own pattern of `microblaze` has a little-endian e_type in a big-endian header, which no program has; here
    /// e_type is big-endian.
    static let table: [Row] = [
        Row("i386", "i386", .bits32, .little, 3, loose: [5: 0xfe, 6: 0xfe], docker: "386", aliases: ["i686", "x86"]),
        Row("i486", "i386", .bits32, .little, 6, loose: [5: 0xfe, 6: 0xfe]),
        Row("alpha", "alpha", .bits64, .little, 0x9026, loose: [5: 0xfe, 6: 0xfe]),
        Row(
            "arm", "arm", .bits32, .little, 40, docker: "arm",
            aliases: ["arm/v5", "arm/v6", "arm/v7", "armel", "armhf", "armv5l", "armv6l", "armv7l"]),
        Row("armeb", "arm", .bits32, .big, 40, aliases: ["armv7b"]),
        Row("sparc", "sparc", .bits32, .big, 2),
        Row("sparc32plus", "sparc", .bits32, .big, 18),
        Row("sparc64", "sparc", .bits64, .big, 43),
        Row("ppc", "ppc", .bits32, .big, 20, aliases: ["powerpc"]),
        Row("ppc64", "ppc", .bits64, .big, 21, docker: "ppc64", aliases: ["powerpc64"]),
        Row("ppc64le", "ppc", .bits64, .little, 21, loose: [19: 0], docker: "ppc64le", aliases: ["ppc64el"]),
        Row("m68k", "m68k", .bits32, .big, 4, loose: [6: 0xfe]),
        Row("mips", "mips", .bits32, .big, 8, loose: [8: 0], flags: mipsO32, docker: "mips"),
        Row("mipsel", "mips", .bits32, .little, 8, loose: [8: 0], flags: mipsO32, docker: "mipsle"),
        Row("mipsn32", "mips", .bits32, .big, 8, loose: [8: 0], flags: mipsN32),
        Row("mipsn32el", "mips", .bits32, .little, 8, loose: [8: 0], flags: mipsN32),
        Row("mips64", "mips", .bits64, .big, 8, loose: [8: 0], docker: "mips64"),
        Row("mips64el", "mips", .bits64, .little, 8, loose: [8: 0], docker: "mips64le"),
        Row("sh4", "sh4", .bits32, .little, 42),
        Row("sh4eb", "sh4", .bits32, .big, 42),
        Row("s390x", "s390x", .bits64, .big, 22, docker: "s390x"),
        Row("aarch64", "arm", .bits64, .little, 183, docker: "arm64", aliases: ["arm64/v8"]),
        Row("aarch64_be", "arm", .bits64, .big, 183),
        Row("hppa", "hppa", .bits32, .big, 15, aliases: ["parisc"]),
        Row("riscv32", "riscv", .bits32, .little, 243),
        Row("riscv64", "riscv", .bits64, .little, 243, docker: "riscv64"),
        Row("xtensa", "xtensa", .bits32, .little, 94),
        Row("xtensaeb", "xtensa", .bits32, .big, 94),
        Row("microblaze", "microblaze", .bits32, .big, 0xbaab),
        Row("microblazeel", "microblaze", .bits32, .little, 0xbaab),
        Row("or1k", "or1k", .bits32, .big, 92, aliases: ["openrisc"]),
        Row(
            "x86_64", "i386", .bits64, .little, 62, loose: [5: 0xfe, 6: 0xfe], docker: "amd64",
            aliases: ["x86-64", "x64"]),
        Row("hexagon", "hexagon", .bits32, .little, 164),
        Row("loongarch64", "loongarch", .bits64, .little, 258, loose: [7: 0xfc, 8: 0], docker: "loong64"),
    ]

    /// Debian 12 has a line of binfmt.d(5) for it, which QEMU's script never had, and QEMU dropped its emulator in 9.2.
    static let dropped = [Row("cris", "cris", .bits32, .little, 76)]
}
