// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage
import Testing

@testable import binfmtctl

@Suite struct PresetListTests {
    /// All presets, on a host with the interpreters at these paths.
    private func list(_ installed: Set<FilePath>) -> PresetList {
        let configuration = Configuration(files: [])
        let items = Preset.all.map { preset in
            let meaning = PresetMeaning(preset, in: configuration)
            return PresetList.Item(
                meaning: meaning, installed: meaning.entry.interpreters.first(where: installed.contains),
                advice: preset.qemuTarget == nil ? nil : "apt install qemu-user")
        }
        return PresetList(items: items, unknown: [])
    }

    @Test func theTableShowsWhatThisHostHas() {
        let list = list([
            "/usr/bin/mono", "/usr/local/bin/mono", "/usr/bin/qemu-i386", "/usr/bin/qemu-aarch64-static",
            "/usr/bin/qemu-sparc32plus-static",
        ])
        let text = list.table(Terminal(width: 80, hasColor: false))
        #expect(
            text == """
                PRESET            RECOGNISES             PRIORITY  FLAGS  INTERPRETER
                ape               APE programs (MZqFpD)  20        PF     -
                ape-jart          APE programs (jartsr)  20        PF     -
                appimage          AppImages of type 2    20        F      -
                box64             x86-64 programs        10        -      -
                fex               x86-64 programs        10        POCF   -
                fex-x86           32-bit x86 programs    10        POCF   -
                jar               Java archives (*.jar)  -         -      -
                java-class        Java classes           -         -      -
                llvm-bitcode      LLVM bitcode           -         -      -
                mono              .NET programs          -10       -      /usr/bin/mono
                rosetta           x86-64 programs        10        OCF    -
                wasm              WebAssembly modules    -         -      -
                wine              Windows programs       -         -      -
                wsl-interop       Windows programs, WSL  10        P      -
                qemu-aarch64      linux/arm64            -10       F      …n/qemu-aarch64-static
                qemu-i386         linux/386              -10       F      /usr/bin/qemu-i386
                qemu-i486         Intel 80486 32 LE      -10       F      /usr/bin/qemu-i386
                qemu-sparc32plus  SPARC v8+ 32 BE        -10       F      …mu-sparc32plus-static
                elf-TARGET        programs of a target   -         -      -

                Without an emulator on this host: qemu-aarch64_be, qemu-alpha, qemu-arm,
                qemu-armeb, qemu-hexagon, qemu-hppa, qemu-loongarch64, qemu-m68k,
                qemu-microblaze, qemu-microblazeel, qemu-mips, qemu-mips64, qemu-mips64el,
                qemu-mipsel, qemu-mipsn32, qemu-mipsn32el, qemu-or1k, qemu-ppc, qemu-ppc64,
                qemu-ppc64le, qemu-riscv32, qemu-riscv64, qemu-s390x, qemu-sh4, qemu-sh4eb,
                qemu-sparc, qemu-sparc64, qemu-x86_64, qemu-xtensa, qemu-xtensaeb.
                elf-TARGET takes the name of any of these targets, and needs an interpreter.
                What a preset stands for: binfmtctl presets NAME
                """)
    }

    @Test(arguments: [80, 132, nil])
    func eachPresetIsNamedOnce(_ width: Int?) {
        for installed in [[], ["/usr/bin/qemu-arm-static"]] as [Set<FilePath>] {
            let text = list(installed).table(Terminal(width: width, hasColor: false))
            let words = text.split { " \n,.:".contains($0) }
            for preset in Preset.all where !preset.name.hasPrefix("elf-") {
                // "wine" and others are words of the paragraphs, too.
                #expect(words.contains { $0 == preset.name }, "\(preset.name)")
            }
            #expect(words.count { $0 == "qemu-arm" } == 1)
            #expect(text.contains("(apt install qemu-user)") == installed.isEmpty)
            #expect(!text.contains("elf-arm"))
        }
    }

    @Test(arguments: [("wime", "wine"), ("arm46", "arm64"), ("qemu-arm46", "qemu-arm64"), ("zzzzzzzz", nil)])
    func anUnknownNameHasANearestOne(_ name: String, _ nearest: String?) {
        let hint = nearest.map { " (did you mean '\($0)'?)" } ?? ""
        #expect(list([]).problem(name) == "No such preset: '\(name)'\(hint).")
    }
}
