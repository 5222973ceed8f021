// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import Testing

@testable import BinfmtCore

/// The TOML that a preset stands for declares the same entry as the preset.
@Suite struct PresetMeaningTests {
    /// What surrounds the entries: the defaults, and settings and lines that decide about `qemu-TARGET`.
    static let surroundings = [
        (settings: "", lines: ""),
        (
            settings: """
            [qemu]
            interpreter = ["/opt/\\"q\\"/{target}", "/usr/bin/qemu-{target}"]
            preserve-argv0 = true
            fix-binary = false
            priority = 7
            [qemu.target.arm64]
            credentials = true
            interpreter = "/opt/arm"
            priority = 0

            """, lines: ""
        ),
        (
            settings: "[qemu]\ntargets = \"packaged\"\n",
            lines: #":qemu-arm:M::\x7fELF\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x28\x00"#
                + #":\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/usr/libexec/q:POC"#
        ),
    ]

    private func configuration(_ text: String, lines: String) -> Configuration {
        let file = ConfigFile(path: "/etc/binfmtd/binfmtd.toml", text: Array(text.utf8))
        #expect(file.issues.isEmpty, "\(file.issues)\n\(text)")
        let binfmtD = BinfmtDFile(path: "/etc/binfmt.d/x.conf", text: Array(lines.utf8))
        #expect(binfmtD.issues.isEmpty)
        return Configuration(files: [file], binfmtD: [binfmtD])
    }

    private func entry(_ name: String, _ text: String, lines: String) throws -> DeclaredEntry {
        let entries = configuration(text, lines: lines).entries
        return try #require(entries.first { $0.name.description == name && $0.layer == .entry }, "\(text)")
    }

    /// Every name with the defaults, and every preset with the others.
    static let cases: [(name: String, surrounding: Int)] =
        Preset.allNames.map { ($0, 0) } + [1, 2].flatMap { place in Preset.all.map { ($0.name, place) } }

    @Test(arguments: cases)
    func saysTheSameAsThePreset(_ written: String, _ surrounding: Int) throws {
        let (settings, lines) = Self.surroundings[surrounding]
        let preset = try #require(Preset.named(written))
        let meaning = PresetMeaning(preset, in: configuration(settings, lines: lines))
        // An entry of elf-TARGET must name its interpreter, with the preset and without it.
        let own = preset.hasDefaultInterpreter ? "" : "interpreter = \"/opt/own\"\n"
        let short = "[entry.\(preset.name)]\npreset = \"\(written)\"\n\(own)"
        let toml = meaning.toml(installed: "/usr/bin/x\n[entry.y]", package: nil) + own
        #expect(!toml.contains("preset ="))
        let spelled = try entry(preset.name, settings + toml, lines: lines)
        let named = try entry(preset.name, settings + short, lines: lines)
        for entry in preset.hasDefaultInterpreter ? [spelled, meaning.entry] : [spelled] {
            #expect(entry.isEnabled && entry.recognition == named.recognition)
            #expect(entry.interpreters == named.interpreters && entry.flags == named.flags)
            #expect(entry.priority == named.priority && entry.layer == named.layer)
            #expect(entry.allowsNative == named.allowsNative && entry.missingDetector == named.missingDetector)
            #expect(entry.allowsUnsafeInterpreter == named.allowsUnsafeInterpreter)
            #expect(entry.needsInterpreter == named.needsInterpreter)
        }
    }

    /// The surroundings above really decide about the entries.
    @Test func followsTheSettingsOfQemu() throws {
        func meaning(_ name: String, _ surrounding: Int) throws -> DeclaredEntry {
            let (settings, lines) = Self.surroundings[surrounding]
            return PresetMeaning(try #require(Preset.named(name)), in: configuration(settings, lines: lines)).entry
        }
        #expect(try meaning("qemu-arm64", 0).interpreters.first == "/usr/bin/qemu-aarch64-static")
        #expect(try meaning("qemu-arm64", 0).flags.letters == "F" && meaning("qemu-arm64", 0).priority == -10)
        #expect(try meaning("qemu-arm64", 1).interpreters == ["/opt/arm"] && meaning("qemu-arm64", 1).priority == 0)
        #expect(try meaning("qemu-arm64", 1).flags.letters == "POC" && meaning("qemu-ppc", 1).flags.letters == "P")
        #expect(try meaning("qemu-armhf", 2).interpreters == ["/usr/libexec/q"])
        #expect(try meaning("qemu-armhf", 2).flags.letters == "POC" && meaning("elf-armhf", 2).flags.isEmpty)
    }

    @Test func isReadableToml() throws {
        let configuration = configuration("", lines: "")
        func text(_ name: String, _ installed: FilePath? = nil, _ package: String? = nil) throws -> String {
            PresetMeaning(try #require(Preset.named(name)), in: configuration).toml(
                installed: installed, package: package)
        }
        #expect(
            try text("appimage", "/usr/bin/appimage-run") == """
                [entry.appimage]
                # AppImages of type 2, from TheAssassin/AppImageLauncher: resources/binfmt.d
                magic = "0x414902"
                offset = 8
                # The first that exists is used. This host has /usr/bin/appimage-run.
                interpreter = ["/usr/lib/x86_64-linux-gnu/appimagelauncher/binfmt-interpreter", \
                "/usr/lib/aarch64-linux-gnu/appimagelauncher/binfmt-interpreter", "/usr/bin/appimage-run"]
                fix-binary = true
                priority = 20

                """)
        #expect(
            try text("llvm-bitcode", nil, "apt install llvm") == """
                [entry.llvm-bitcode]
                # LLVM bitcode, from https://llvm.org/docs/BitCodeFormat.html
                magic = "0x4243c0de"
                # This host has none: apt install llvm.
                interpreter = "/usr/bin/lli"

                """)
        #expect(try text("wsl-interop").contains("# This host has none.\ninterpreter = \"/init\"\n"))
        #expect(
            try text("elf-arm64").hasSuffix("\n# interpreter = \"/path/of/an/emulator\"\n"))
        #expect(try text("qemu-arm64").contains("follows later changes of [qemu]"))
    }

    @Test(arguments: [
        ("ID=debian\nVERSION_ID=12", "wine", "apt install wine"),
        ("ID=debian\nVERSION_ID=12", "qemu-arm64", "apt install qemu-user-static"),
        ("ID=mint\nID_LIKE=\"ubuntu debian\"", "jar", "apt install default-jre-headless"),
        ("ID=fedora", "mono", "dnf install mono-core"), ("ID=arch", "wasm", "pacman -S wasmtime"),
        ("ID=alpine", "qemu-arm64", "apk add qemu-aarch64"), ("ID=alpine", "wine", nil), ("ID=debian", "ape", nil),
        ("ID=debian", "elf-arm64", nil),
    ])
    func namesThePackageOfTheDistribution(_ release: String, _ name: String, _ advice: String?) throws {
        let preset = try #require(Preset.named(name))
        #expect(InterpreterPackage.advice(OSRelease(Array(release.utf8)), for: preset) == advice)
        #expect(InterpreterPackage.advice(nil, for: preset) == nil || preset.qemuTarget != nil)
    }
}
