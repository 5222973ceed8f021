// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct ExecutionTests {
    /// A world of files, with a host for 32-bit programs of machine 1.
    ///
    /// - Parameter held: the files that the kernel holds; nil for the same.
    private func world(
        _ files: [FilePath: ProgramFile.Lookup], _ lines: [String], held: [FilePath: ProgramFile.Lookup]? = nil
    ) throws -> Execution.World {
        let registry = ModelRegistry(.transparent, handlers: ["handler"])
        for line in lines {
            let entry = try RegisterLine(Array(line.utf8)).entry
            try registry.perform(.register(RegisterString(entry)))
        }
        func lookUp(_ path: FilePath) -> ProgramFile.Lookup { files[path] ?? .failed(.noSuchFileOrDirectory) }
        return Execution.World(
            registry: try registry.observe(), isNative: { $0 == ELFIdentity(.bits32, .little, machine: 1) },
            lookUp: lookUp, lookUpHeld: { path in held.map { $0[path] ?? lookUp(path) } ?? lookUp(path) })
    }

    private func file(_ text: String, loader: FilePath? = nil) -> ProgramFile.Lookup {
        .found(ProgramFile(header: Array(text.utf8), size: text.utf8.count, loader: loader))
    }

    private var native: ProgramFile.Lookup {
        var header = ELFIdentity(.bits32, .little, machine: 1).header() + [UInt8](repeating: 0, count: 32)
        header[28] = 20
        header[42] = 32
        header[44] = 1
        return .found(ProgramFile(header: header, size: 100))
    }

    private func foreign(_ target: String, loader: FilePath) throws -> ProgramFile.Lookup {
        let header = try #require(QemuTarget.named(target)).identity.header()
        return .found(ProgramFile(header: header, size: 20, loader: loader))
    }

    /// The emulator would report it, but the kernel does not.
    @Test func aForeignProgramNeedsItsOwnLoader() throws {
        let lines = [":q:M::\\x7fELF\\x02::/usr/bin/qemu-aarch64-static:F", ":b:M::MZ::/usr/bin/box:"]
        var files: [FilePath: ProgramFile.Lookup] = [
            "/usr/bin/qemu-aarch64-static": native, "/usr/bin/box": native,
            "/program": try foreign("arm64", loader: "/lib/ld.so"),
        ]
        let execution = Execution("/program", in: try world(files, lines))
        let expected = Execution.Failure.foreignLoaderMissing("/lib/ld.so", emulator: "/usr/bin/qemu-aarch64-static")
        #expect(execution.failure?.reason == expected)
        #expect(Diagnosis(execution)?.reasons.first?.contains("Could not open '/lib/ld.so'") == true)
        // Another program may provide it.
        let other = [":q:M::\\x7fELF\\x02::/usr/bin/box:"]
        #expect(Execution("/program", in: try world(files, other)).runs)
        files["/etc/qemu-binfmt/aarch64/lib/ld.so"] = file("")
        #expect(Execution("/program", in: try world(files, lines)).runs)
        files["/etc/qemu-binfmt/aarch64/lib/ld.so"] = nil
        files["/lib/ld.so"] = file("")
        let runs = Execution("/program", in: try world(files, lines))
        #expect(runs.runs && runs.needs == ["/lib/ld.so"])
    }

    /// Report C2: the kernel holds the script, and nothing that the script needs.
    @Test func aHeldScriptIsOpenedByItsPath() throws {
        let lines = [":w:M::AB::/wrapper:F"]
        var files: [FilePath: ProgramFile.Lookup] = ["/program": file("AB"), "/bin/sh": native]
        let held: [FilePath: ProgramFile.Lookup] = ["/wrapper": file("#!/bin/sh\n")]
        let missing = Execution("/program", in: try world(files, lines, held: held))
        #expect(missing.failure?.error == .noSuchFileOrDirectory)
        #expect(missing.failure?.reason == .heldScriptMissing("/wrapper", of: EntryName(observed: "w".utf8)))
        #expect(Diagnosis(missing)?.reasons.first?.contains("opens /wrapper, which is not here") == true)
        files["/wrapper"] = held["/wrapper"]
        let runs = Execution("/program", in: try world(files, lines, held: held))
        #expect(runs.runs && runs.needs == ["/wrapper", "/bin/sh"])
        files["/bin/sh"] = nil
        #expect(!Execution("/program", in: try world(files, lines, held: held)).runs)
    }

    /// As Linux 7.3 does, measured.
    @Test func aTransparentInterpreterGetsTheCallersArguments() throws {
        let files: [FilePath: ProgramFile.Lookup] = [
            "/i": native, "/a": file("AB"), "/s": file("#!/i flag\n"), "/b": file("BC"),
        ]
        let world = try world(files, [":a:M::AB::/i:T", ":b:M::BC::/s:T"])
        let runs = Execution("/a", in: world)
        #expect(runs.runs && runs.command == ["/a", Execution.arguments] && runs.needs == ["/i"])
        #expect(runs.setUser == .ignoredByEntry)
        // The kernel goes on as if the interpreter had been executed with these arguments.
        #expect(Execution("/b", in: world).command == ["/i", "flag", "/s", Execution.arguments])
    }

    /// As Linux 7.3 does, measured; a script and a static program from its source.
    @Test func aProgramRunsWithAnotherLoader() throws {
        guard case .found(let program) = native else { return }
        let dynamic = ProgramFile.Lookup.found(
            ProgramFile(header: program.header, size: 100, loader: "/lib/its-own.so"))
        var files: [FilePath: ProgramFile.Lookup] = [
            "/i": native, "/ld.so": native, "/a.x": dynamic, "/static.x": native, "/s.x": file("#!/i\n"),
            "/t.x": file("text"),
        ]
        func run(_ path: FilePath, _ flags: String = "L") throws -> Execution {
            Execution(path, in: try world(files, [":x:E::x::/ld.so:\(flags)"]))
        }
        let runs = try run("/a.x")
        #expect(runs.runs && runs.command == ["/a.x", Execution.arguments] && runs.needs == ["/ld.so"])
        #expect(runs.setUser == .honoured && runs.entry?.name == EntryName(observed: "x".utf8))
        #expect(try run("/a.x", "LF").needs == [])
        #expect(try run("/static.x").runs)
        let script = try run("/s.x")
        #expect(script.runs && script.command == ["/i", "/s.x", Execution.arguments])
        #expect(try run("/t.x").failure?.error == .execFormatError)

        files["/ld.so"] = file("no program")
        #expect(try run("/a.x").failure?.reason == .loaderUnfit("/ld.so", of: EntryName(observed: "x".utf8)))
        #expect(Diagnosis(try run("/a.x"))?.errno == "ELIBBAD")
        #expect(try run("/static.x").runs)
        // The kernel opens it first, whatever the file is.
        files["/ld.so"] = nil
        for path: FilePath in ["/a.x", "/static.x", "/s.x"] {
            #expect(try run(path).failure?.error == .noSuchFileOrDirectory)
        }
    }

    @Test func whatAHandlerDecidesIsUnknown() throws {
        let files: [FilePath: ProgramFile.Lookup] = ["/i": native, "/a": file("AB")]
        let first = Execution("/a", in: try world(files, [":a:M::AB::/i:", ":h:B::::handler:"]))
        // It is asked of the file, and then of the interpreter.
        #expect("\(first.undecided[0].match)" == "asks the BPF handler 'handler', whose answer only the kernel knows")
        #expect(first.undecided.map(\.name) == [EntryName](repeating: EntryName(observed: "h".utf8), count: 2))
        #expect(first.entry?.name == EntryName(observed: "a".utf8))
    }

    @Test func saysWhatASetUserBitWouldDo() throws {
        let files: [FilePath: ProgramFile.Lookup] = [
            "/i": native, "/a": file("AB"), "/b": file("BC"), "/s": file("#!/i\n"), "/n": native,
            "/m": .found(ProgramFile(header: Array("AB".utf8), size: 2, ignoresSetUser: true)),
        ]
        let world = try world(files, [":a:M::AB::/i:C", ":b:M::BC::/i:"])
        let rules = ["/a", "/b", "/s", "/n", "/m"].map { Execution(FilePath($0), in: world).setUser }
        #expect(rules == [.honoured, .ignoredByEntry, .ignoredForScript, .honoured, .ignoredByMount])
    }

    @Test func namesWhatWouldRunAFile() throws {
        func presets(_ path: FilePath, _ header: [UInt8]) -> [String] {
            Remedy.all(path: path, header: header).map(\.preset)
        }
        #expect(presets("/a", try #require(QemuTarget.named("s390x")).identity.header()) == ["qemu-s390x"])
        #expect(presets("/a.exe", Array("MZ".utf8)) == ["wine", "mono", "wsl-interop"])
        // Report C3: an APE program is no program for wine.
        #expect(presets("/a.com", Array("MZqFpD='\n".utf8)) == ["ape", "wine", "mono", "wsl-interop"])
        let x86 = presets("/a", try #require(QemuTarget.named("amd64")).identity.header())
        #expect(x86 == ["qemu-x86_64", "rosetta", "fex", "box64"])
        #expect(presets("/a.jar", Array("PK\u{3}\u{4}".utf8)) == ["jar"])
        #expect(presets("/a", Array("hello".utf8)) == [])
        for remedy in Remedy.all(path: "/a", header: ELFIdentity(.bits64, .little, machine: 62).header()) {
            #expect(ConfigFile(path: "/a.toml", text: Array(remedy.toml.utf8)).issues == [], "\(remedy.toml)")
        }
    }

    /// Every file and table gets an answer.
    @Test func alwaysEnds() throws {
        var random = SeededGenerator(seed: 5)
        let pieces = ["#!", "/a", "/b", " ", "\n", "\r", "\u{7f}ELF", "\u{1}", "\u{0}", "A", "x", "MZ"]
        func text() -> String {
            (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        }
        for _ in 0..<2000 {
            let names = ["/a", "/b", "/c"]
            let files = names.map { (FilePath($0), file(text(), loader: Bool.random(using: &random) ? "/l" : nil)) }
            let lines = (0..<3).map {
                ":e\($0):M:\($0):A:\($0 == 1 ? "\\xfe" : ""):\(names[$0]):\($0 == 2 ? "PF" : "")"
            }
            let execution = Execution(
                "/a", in: try world(Dictionary(uniqueKeysWithValues: files), lines))
            #expect(execution.steps.count <= Execution.maximumDepth + 1)
            #expect((Diagnosis(execution) == nil) == execution.runs)
        }
    }
}
