// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Preset {
    private init?(
        _ name: String, _ files: String, offset: Int = 0, magic: [UInt8], mask: [UInt8]? = nil,
        _ interpreters: [FilePath], _ flags: EntryFlags = [], priority: Int = 0, source: String
    ) {
        guard let pattern = try? MagicPattern(offset: offset, magic: magic, mask: mask) else { return nil }
        self.init(
            name: name, files: files, recognition: .magic(pattern), interpreters: interpreters, flags: flags,
            priority: priority, qemuTarget: nil, source: source)
    }

    private init?(
        _ name: String, _ files: String, fileExtension: String, _ interpreters: [FilePath], source: String
    ) {
        guard let fileExtension = try? FilenameExtension(declaring: fileExtension) else { return nil }
        self.init(
            name: name, files: files, recognition: .filenameExtension(fileExtension), interpreters: interpreters,
            flags: [], priority: 0, qemuTarget: nil, source: source)
    }

    /// Mono has a lower priority than wine, since both are for files that begin with `MZ`; APE and AppImage have a higher
    /// one than the entries that would match their first bytes as a PE or ELF file, and the faster emulators than QEMU.
    package static let table: [Preset] = [
        Preset(
            "wine", "Windows programs", magic: Array("MZ".utf8),
            ["/usr/bin/wine", "/usr/local/bin/wine", "/opt/wine-stable/bin/wine"],
            source: "/usr/share/binfmts/wine of Debian's wine-binfmt"),
        Preset(
            "mono", ".NET programs", magic: Array("MZ".utf8), ["/usr/bin/cli", "/usr/bin/mono", "/usr/local/bin/mono"],
            priority: -10,
            source: "/usr/share/binfmts/cli of Debian's mono-runtime"),
        Preset(
            "ape", "APE programs (MZqFpD)", magic: Array("MZqFpD".utf8), ["/usr/bin/ape", "/usr/local/bin/ape"],
            [.preserveArgv0, .fixBinary], priority: 20, source: "jart/cosmopolitan: ape/apeinstall.sh"),
        Preset(
            "ape-jart", "APE programs (jartsr)", magic: Array("jartsr".utf8), ["/usr/bin/ape", "/usr/local/bin/ape"],
            [.preserveArgv0, .fixBinary], priority: 20, source: "jart/cosmopolitan: ape/specification.md"),
        Preset(
            "rosetta", "x86-64 programs", magic: x86Magic, mask: x86Mask,
            ["/mnt/lima-rosetta/rosetta", "/media/rosetta/rosetta", "/run/rosetta/rosetta", "/mnt/rosetta/rosetta"],
            [.credentials, .fixBinary], priority: 10, source: "lima-vm/lima: pkg/driver/vz/boot/05-rosetta-volume.sh"),
        Preset(
            "fex", "x86-64 programs", magic: x86Magic, mask: replacing(x86Mask, 7...10), fexInterpreters,
            [.preserveArgv0, .credentials, .fixBinary], priority: 10,
            source: "FEX-Emu/FEX: Data/binfmts/FEX-x86_64.conf.in"),
        Preset(
            "fex-x86", "32-bit x86 programs", magic: i386Magic, mask: replacing(x86Mask, 7...10), fexInterpreters,
            [.preserveArgv0, .credentials, .fixBinary], priority: 10,
            source: "FEX-Emu/FEX: Data/binfmts/FEX-x86.conf.in"),
        Preset(
            "box64", "x86-64 programs", magic: x86Magic, mask: replacing(exactX86Mask, 7...10),
            ["/usr/local/bin/box64", "/usr/bin/box64"],
            priority: 10, source: "ptitSeb/box64: system/box64.conf.cmake"),
        Preset(
            "wsl-interop", "Windows programs, WSL", magic: Array("MZ".utf8), ["/init"], .preserveArgv0, priority: 10,
            source: "microsoft/WSL: src/linux/init/binfmt.h"),
        Preset(
            "jar", "Java archives (*.jar)", fileExtension: "jar",
            ["/usr/bin/jexec", "/usr/bin/jarwrapper", "/usr/local/bin/jarwrapper"],
            source: "Documentation/admin-guide/java.rst of Linux"),
        Preset(
            "java-class", "Java classes", magic: [0xca, 0xfe, 0xba, 0xbe], ["/usr/local/bin/javawrapper"],
            source: "Documentation/admin-guide/java.rst of Linux"),
        Preset(
            "wasm", "WebAssembly modules", magic: Array("\0asm".utf8),
            ["/usr/bin/wasmtime", "/usr/local/bin/wasmtime", "/usr/bin/wasmedge", "/usr/local/bin/wasmedge"],
            source: "WebAssembly/spec: document/core/binary/modules.rst"),
        Preset(
            "llvm-bitcode", "LLVM bitcode", magic: Array("BC".utf8) + [0xc0, 0xde], ["/usr/bin/lli"],
            source: "https://llvm.org/docs/BitCodeFormat.html"),
        Preset(
            "appimage", "AppImages of type 2", offset: 8, magic: Array("AI".utf8) + [2],
            [
                "/usr/lib/x86_64-linux-gnu/appimagelauncher/binfmt-interpreter",
                "/usr/lib/aarch64-linux-gnu/appimagelauncher/binfmt-interpreter", "/usr/bin/appimage-run",
            ], .fixBinary, priority: 20, source: "TheAssassin/AppImageLauncher: resources/binfmt.d"),
    ].compactMap(\.self)

    private static let fexInterpreters: [FilePath] = [
        "/usr/bin/FEX", "/usr/bin/FEXInterpreter", "/usr/local/bin/FEX", "/usr/local/bin/FEXInterpreter",
    ]

    /// 20 bytes of a header of ET_EXEC; the mask lets ET_DYN pass, and some more in bytes 5 to 7, as QEMU's does.
    private static let x86Magic = ELFIdentity(.bits64, .little, machine: 62).header()
    private static let i386Magic = ELFIdentity(.bits32, .little, machine: 3).header()
    private static let x86Mask = replacing(replacing(exactX86Mask, 5...6, with: 0xfe), 7...7)
    private static let exactX86Mask = replacing([UInt8](repeating: 0xff, count: 20), 16...16, with: 0xfe)

    private static func replacing(_ mask: [UInt8], _ range: ClosedRange<Int>, with bits: UInt8 = 0) -> [UInt8] {
        var mask = mask
        for position in range { mask[position] = bits }
        return mask
    }
}
