// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct PresetTests {
    @Test(arguments: Preset.allNames)
    func existsUnderEveryNameItIsListedBy(_ name: String) throws {
        let preset = try #require(Preset.named(name))
        #expect(!preset.source.isEmpty)
    }

    @Test(arguments: [
        ("wine", "magic 4d5a", 0, ""), ("mono", "magic 4d5a", -10, ""), ("ape", "magic 4d5a71467044", 20, "PF"),
        ("ape-jart", "magic 6a6172747372", 20, "PF"),
        (
            "rosetta", "magic 7f454c4602010100000000000000000002003e00 mask fffffffffffefe00fffffffffffffffffeffffff",
            10,
            "OCF"
        ),
        (
            "fex", "magic 7f454c4602010100000000000000000002003e00 mask fffffffffffefe00000000fffffffffffeffffff", 10,
            "POCF"
        ),
        (
            "fex-x86", "magic 7f454c4601010100000000000000000002000300 mask fffffffffffefe00000000fffffffffffeffffff",
            10, "POCF"
        ),
        (
            "box64", "magic 7f454c4602010100000000000000000002003e00 mask ffffffffffffff00000000fffffffffffeffffff", 10,
            ""
        ),
        ("wsl-interop", "magic 4d5a", 10, "P"), ("jar", "extension jar", 0, ""),
        ("java-class", "magic cafebabe", 0, ""),
        ("wasm", "magic 0061736d", 0, ""), ("llvm-bitcode", "magic 4243c0de", 0, ""),
        ("appimage", "offset 8 magic 414902", 20, "F"),
    ])
    func isThePatternOfItsSource(_ name: String, _ pattern: String, _ priority: Int, _ flags: String) throws {
        let preset = try #require(Preset.named(name))
        #expect(spell(preset.recognition) == pattern)
        #expect(preset.priority == priority)
        #expect(preset.flags.letters == flags)
        #expect(preset.hasDefaultInterpreter)
    }

    @Test func ofATargetHasTheTargetsPattern() throws {
        let target = try #require(QemuTarget.named("arm64"))
        #expect(try #require(Preset.named("qemu-arm64")).recognition == .magic(target.pattern))
        #expect(try #require(Preset.named("qemu-arm64")).hasDefaultInterpreter)
        #expect(try #require(Preset.named("elf-aarch64")).recognition == .magic(target.pattern))
        #expect(try !#require(Preset.named("elf-aarch64")).hasDefaultInterpreter)
        #expect(Preset.named("qemu-z80") == nil)
    }

    /// Rosetta's pattern equals that of QEMU's x86_64 target, so that QEMU's offer yields to it.
    @Test func coverTheTargetThatTheyCompeteFor() throws {
        let target = Recognition.magic(try #require(QemuTarget.named("amd64")).pattern)
        for name in ["rosetta", "fex"] { #expect(try #require(Preset.named(name)).recognition.covers(target)) }
        #expect(try #require(Preset.named("box64")).recognition.overlaps(target))
    }

    private func spell(_ recognition: Recognition) -> String {
        switch recognition {
        case .handler(let handler): return "bpf \(handler)"
        case .filenameExtension(let name): return "extension \(name)"
        case .magic(let pattern):
            let offset = pattern.offset == 0 ? "" : "offset \(pattern.offset) "
            return offset + "magic \(pattern.magic.hex)" + (pattern.isExact ? "" : " mask \(pattern.mask.hex)")
        }
    }
}
