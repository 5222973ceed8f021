// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

/// Round trips: TOML and binfmt.d(5) declare the same entries as the imported source.
@Suite struct ImportTests {
    /// A processor that none of the files is about.
    private static let native = NativePrograms(identity: ELFIdentity(.bits32, .little, machine: 0x1234))

    /// A file as a package ships it.
    struct Shipped: CustomTestStringConvertible {
        let package: String
        let path: FilePath
        let text: [UInt8]

        var testDescription: String { "\(package) \(path)" }

        /// The files of one Debian release.
        static func all(_ release: String) throws -> [Shipped] {
            try Fixtures.text("debian/\(release).txt").components(separatedBy: "\n== ").dropFirst().map { section in
                let lines = section.split(separator: "\n", maxSplits: 1)
                let words = lines[0].split(separator: " ")
                return Shipped(
                    package: String(words[0]), path: FilePath("/" + words[2]),
                    text: Array(lines.dropFirst().joined().utf8))
            }
        }

        var source: ImportSource {
            path.extension == "conf"
                ? ImportSource(binfmtD: path, text: text)
                : ImportSource(binfmts: path, text: text, hasRunDetectors: true)
        }

        /// The entry that binfmtd itself reads from it.
        var declared: [DeclaredEntry] {
            path.extension == "conf"
                ? Configuration(files: [], binfmtD: [BinfmtDFile(path: path, text: text)]).own
                : Configuration(
                    files: [], binfmts: [BinfmtsFile(path: path, text: text, hasRunDetectors: true)]
                ).own
        }
    }

    @Test(arguments: ["bookworm", "trixie"])
    func everyFileThatDebianShipsSaysTheSameInTOML(_ release: String) throws {
        let shipped = try Shipped.all(release)
        #expect(shipped.count == (release == "bookworm" ? 145 : 61))
        for file in shipped {
            let imported = Import([file.source], isWhole: false, native: Self.native, hazards: [:])
            #expect(imported.issues == [], "\(file.testDescription)")
            let read = ConfigFile(path: "/imported.toml", text: Array(imported.toml().utf8))
            #expect(read.issues == [], "\(file.testDescription)")
            #expect(Configuration(files: [read]).own.map(\.meant) == file.declared.map(\.meant))
            #expect(file.declared.count == 1)
        }
    }

    /// All files of a package, converted to TOML, binfmt.d(5), and TOML again.
    @Test(arguments: ["bookworm", "trixie"])
    func whatAPackageShipsComesBackFromAnExport(_ release: String) throws {
        for (package, files) in Dictionary(grouping: try Shipped.all(release), by: \.package) {
            for isLines in [true, false] {
                let sources = files.filter { ($0.path.extension == "conf") == isLines }.map(\.source)
                let first = Import(sources, isWhole: true, native: Self.native, hazards: [:])
                let configuration = Configuration(
                    files: [ConfigFile(path: "/imported.toml", text: Array(first.toml().utf8))])
                let lines = BinfmtDExport(desired(configuration))
                #expect(lines.lost.isEmpty && lines.count == configuration.entries.count, "\(package)")
                let second = Import(
                    [ImportSource(binfmtD: "/a.conf", text: Array(lines.text.utf8))], isWhole: true,
                    native: Self.native, hazards: [:])
                #expect(second.entries.compactMap(\.entry) == first.entries.compactMap(\.entry), "\(package)")
                #expect(second.issues == [])
            }
        }
    }

    /// On a host with every interpreter.
    private func desired(_ configuration: Configuration, missing: Set<FilePath> = []) -> DesiredState {
        let file = InterpreterFile.present(
            FileIdentity(device: 1, inode: 1, size: 1, modified: FileTime(seconds: 0, nanoseconds: 0)))
        let files = configuration.entries.flatMap(\.interpreters).map { path in
            (HashedPath(path), missing.contains(path) ? .missing(.noSuchFileOrDirectory) : file)
        }
        return DesiredState(
            configuration,
            HostFacts(
                native: Self.native, nativeTargets: [], interpreters: Dictionary(files, uniquingKeysWith: { $1 })))
    }

    @Test func anyDeclarationIsReadBack() throws {
        var random = SeededGenerator(seed: 11)
        func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
            (0..<Int.random(in: count, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        let alphabet = Array("ab.:|,;# \"'\\x3a\u{e9}]=0".unicodeScalars)
        func name() -> String {
            var name = ""
            for _ in 0..<Int.random(in: 1...9, using: &random) {
                name.unicodeScalars.append(alphabet.randomElement(using: &random) ?? "a")
            }
            return name == "." || name == ".." ? "dots" : name
        }
        for _ in 0..<2000 {
            let magic = Bool.random(using: &random) ? bytes(1...40) : Array(name().utf8)
            let mask = Bool.random(using: &random) ? bytes(magic.count...magic.count) : nil
            let entry = Entry(
                name: try EntryName(declaring: name()),
                recognition: .magic(
                    try MagicPattern(offset: Int.random(in: 0...200, using: &random), magic: magic, mask: mask)),
                interpreter: FilePath("/bin/" + name()),
                flags: EntryFlags(rawValue: UInt8.random(in: 0...15, using: &random)))
            let line = try RegisterString(entry).bytes
            let imported = Import(
                [ImportSource(binfmtD: "/x.conf", text: line)], isWhole: true, native: Self.native, hazards: [:])
            #expect(imported.entries.compactMap(\.entry) == [entry])
            let read = ConfigFile(path: "/x.toml", text: Array(imported.toml().utf8))
            #expect(read.issues == [], "\(imported.toml())")
            let declared = Configuration(files: [read])
            #expect(declared.entries.map(\.meant) == [entry])
            #expect(Self.native.captured(by: entry.recognition) != nil || BinfmtDExport(desired(declared)).count == 1)
        }
    }

    @Test func anInexpressibleEntryIsAComment() throws {
        let source = ImportSource(
            binfmtD: "/x.conf",
            text: Array("# comment\n:a:M::AB::/bin/a:\n:b:M::AB::relative:\n:c:E::tar.gz::/bin/a:\n".utf8))
        let imported = Import([source], isWhole: false, native: Self.native, hazards: [:])
        #expect(!imported.isComplete)
        #expect(imported.issues.map(\.location.line) == [3, 4])
        #expect(
            imported.toml().contains(
                """
                # Not imported from /x.conf:3: Entry 'b': the interpreter must be an absolute path, not 'relative'
                #     :b:M::AB::relative:

                """))
        #expect(ConfigFile(path: "/x.toml", text: Array(imported.toml().utf8)).declarations.count == 1)
    }

    /// Entries that the kernel may hold although no file declares them.
    @Test func strangeEntriesOfTheKernelAreNotLost() throws {
        func observed(_ name: String, _ text: String) -> ObservedEntry {
            ObservedEntry(
                name: EntryName(observed: name.utf8),
                registration: RegistrationIdentity(inode: 1),
                status: Result { () throws(EntryStatus.Malformed) in try EntryStatus(parsing: Array(text.utf8)) })
        }
        let rest = "interpreter /i\nflags: \noffset 0\nmagic 41\n"
        let table = [
            observed("~binfmtd~real", "enabled\n" + rest), observed("real", "enabled\n" + rest),
            observed("~binfmtd~alone", "enabled\n" + rest), observed("off", "disabled\n" + rest),
            observed("newer", "enabled\ninterpreter /i\nflags: PX\noffset 0\nmagic 41\n"),
            observed("transparent", "enabled\ninterpreter /i\nflags: OT\noffset 0\nmagic 41\n"),
            observed("bpf", "enabled\nbpf handler\nbpf-interpreter arm /i\nflags: \n"),
            observed("dashed", "enabled\nbpf a-handler\nflags: \n"),
            observed("broken", "enabled\n"), observed("long", "enabled\ninterpreter /i\nflags: \nextension .a.b\n"),
        ]
        let source = ImportSource(kernel: "/r", ObservedState(isEnabled: true, entries: table))
        let imported = Import(
            [source], isWhole: true, native: Self.native, hazards: ["/i": .worldWritable("/i", mode: 0o777)])
        #expect(
            imported.entries.compactMap(\.entry).map(\.name.description)
                == ["bpf", "transparent", "off", "alone", "real"])
        let losses = imported.issues.filter { $0.severity == .error }.map { "\($0.location.file): \($0.problem)" }
        #expect(
            losses == [
                "/r/long: 'a.b' could never match: the kernel compares what follows the last dot of the path",
                "/r/broken: the kernel's text has no line with interpreter",
                "/r/dashed: a BPF handler's name has only the letters A to Z and a to z, digits, '_' and '.'",
                "/r/newer: it uses features of the kernel that this version does not know: flags X",
            ])
        let file = ConfigFile(path: "/x.toml", text: Array(imported.toml().utf8))
        #expect(file.issues == [] && file.declarations.map(\.isEnabled) == [true, true, false, true, true])
        #expect(imported.toml().contains("open-binary = true\ntransparent = true\n"))
        #expect(imported.toml().contains("bpf = \"handler\"\ninterpreters = {arm = \"/i\"}\n"))
        #expect(imported.toml().contains("# allow-unsafe-interpreter = true\n"))
        #expect(file.declarations.allSatisfy { !$0.allowsUnsafeInterpreter })
    }

    @Test func aMissingInterpreterIsExportedAsAComment() throws {
        let text = "[qemu]\ntargets = []\n[entry.a]\nmagic = \"A\"\ninterpreter = \"/a\"\nfix-binary = true\n"
        let configuration = Configuration(files: [ConfigFile(path: "/x.toml", text: Array(text.utf8))])
        let export = BinfmtDExport(desired(configuration, missing: ["/a"]))
        #expect(export.count == 0 && export.lost.count == 1)
        #expect(export.text.hasSuffix("# a: /a does not exist\n#   :a:M::A::/a:F\n"))
    }

    /// A pattern in raw bytes would not survive an editor, and a line end in it would not survive systemd.
    @Test func aPatternThatOnlyFitsRawIsNoLine() throws {
        let digits = String(repeating: "0a", count: 250)
        let mask = String(repeating: "fe", count: 250)
        let text = "[entry.a]\nmagic = \"0x\(digits)\"\nmask = \"0x\(mask)\"\ninterpreter = \"/a\"\n"
        let configuration = Configuration(files: [
            ConfigFile(path: "/x.toml", text: Array("[qemu]\ntargets = []\n\(text)".utf8))
        ])
        #expect(BinfmtDExport(desired(configuration)).lost.map(\.reason) == [.registerStringNotText])
    }
}

extension Configuration {
    /// Without the offers of the built-in `[qemu]`.
    fileprivate var own: [DeclaredEntry] { entries.filter { !$0.isOffer } }
}

extension DeclaredEntry {
    fileprivate var meant: Entry? {
        recognition.map { Entry(name: name, recognition: $0, interpreter: interpreters[0], flags: flags) }
    }
}
