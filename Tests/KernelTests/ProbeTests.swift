// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Emulators that work, and those that do not, each in its own way.
    @Suite struct ProbeTests {
        private let root = TemporaryDirectory()
        private let registry: KernelRegistry

        init() throws {
            registry = try PrivateRegistry.open()
            try root.write("[daemon]\nbinfmt-d = false\n[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
        }

        private struct Finding: Decodable, Equatable {
            let name: String
            let state: String
            let reason: String?
            let emulator: String?
            let file: String?
        }

        private func probe(_ arguments: String..., through wrapper: [String] = []) throws -> [String: Finding] {
            struct Document: Decodable { let entries: [Finding] }
            let words =
                wrapper + [try Fixtures.program("binfmtctl"), "probe", "--json", "--root", root.path.string] + arguments
            let run = try Program.run(words[0], Array(words.dropFirst()))
            let entries = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).entries
            let isGood = entries.allSatisfy { $0.state == "works" || $0.state == "works-here-only" }
            #expect(run.status == (isGood && !entries.isEmpty ? 0 : 1), "\(run.errors)")
            return Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        }

        private func register(_ target: String, _ interpreter: FilePath, _ flags: EntryFlags = .fixBinary) throws {
            let target = try #require(QemuTarget.named(target))
            let entry = Entry(
                name: try EntryName(declaring: target.name), recognition: .magic(target.pattern),
                interpreter: interpreter, flags: flags)
            try registry.perform(.register(RegisterString(entry)))
        }

        private func emulator(_ name: String, padding: Int = 0) throws -> FilePath {
            let image = try Data(contentsOf: URL(filePath: Fixtures.program("fake-emulator")))
            return try root.writeProgram(Array(image) + [UInt8](repeating: 0, count: padding), to: name)
        }

        @Test func distinguishesBrokenEmulators() throws {
            for (target, name) in [
                ("aarch64", "works"), ("arm", "crash"), ("s390x", "illegal"), ("riscv64", "sleep"), ("ppc", "fail"),
                ("ppc64le", "old"),
            ] { try register(target, emulator(name)) }
            try register("m68k", emulator("keep"), [.fixBinary, .preserveArgv0])
            try register("sparc", emulator("lose"), [.fixBinary, .preserveArgv0])
            try register("mips", root.writeProgram(Array("garbage".utf8), to: "garbage"))
            try register("hppa", root.writeProgram([], to: "empty"), [])
            try register("sh4", "/nowhere/emulator", [])
            try register("or1k", "/bin/true")
            try register("alpha", emulator("without-f"), [])
            let found = try probe("--timeout", "1")
            let states = [
                "aarch64": "works", "arm": "crashed", "s390x": "too-old", "riscv64": "timed-out", "ppc": "failed",
                "ppc64le": "too-old", "m68k": "works", "sparc": "argv0-lost", "mips": "interpreter-broken",
                "hppa": "interpreter-missing", "sh4": "interpreter-missing", "or1k": "interpreter-dynamic",
                "alpha": "works-here-only",
            ]
            #expect(found.mapValues(\.state) == states)
            #expect(found["arm"]?.reason == "it is killed by SIGSEGV")
            #expect(
                found["s390x"]?.reason
                    == "the emulated processor may lack an instruction (SIGILL); the variable QEMU_CPU chooses another: "
                    + "see \(root.path)/illegal -cpu help")
            #expect(found["ppc"]?.reason == "it exits with 3: something is wrong")
            #expect(found["riscv64"]?.reason?.hasPrefix("it was still running after 1.") == true)
            #expect(found["mips"]?.reason == "\(root.path)/garbage cannot be run: Exec format error")
            #expect(
                found["alpha"]?.reason
                    == "a chroot or container needs \(root.path)/without-f, because the entry lacks F")
            #expect(found["aarch64"]?.file == "current")
        }

        /// Report B7: what another user could have written does not run with the caller's rights.
        @Test func anotherUsersEmulatorIsNotRun() throws {
            let emulator = try emulator("works")
            try register("aarch64", emulator)
            try register("m68k", emulator, [])
            try #require(chmod(root.path.string, 0o777) == 0)
            let findings = try probe()
            let states = findings.mapValues(\.state)
            #expect(states == ["aarch64": "unsafe-interpreter", "m68k": "unsafe-interpreter"])
            #expect(findings["m68k"]?.reason?.contains("is world-writable (mode 0777)") == true)
        }

        @Test func saysWhichEmulatorReallyRuns() throws {
            let path = try emulator("emulator")
            let size = try #require(try FileManager.default.attributesOfItem(atPath: path.string)[.size] as? Int)
            try register("arm64", path)
            #expect(try probe("arm64")["aarch64"]?.emulator == "QEMU \(size)")
            try root.remove("emulator")
            _ = try emulator("emulator", padding: 7)
            let stale = try probe()["aarch64"]
            #expect(stale?.state == "works" && stale?.file == "replaced" && stale?.emulator == "QEMU \(size)")
            #expect(stale?.reason == "stale: \(path) has been replaced (QEMU \(size + 7)); re-register it")
            try root.remove("emulator")
            let gone = try probe()["aarch64"]
            #expect(gone?.state == "works" && gone?.file == "gone" && gone?.emulator == "QEMU \(size)")
            #expect(gone?.reason == "held by the kernel; this host has no \(path)")
        }

        /// Report C13: the levels of the processor are platforms, too.
        @Test func namesWhatTheProcessorRuns() throws {
            struct Document: Decodable { let native: [String] }
            let words = ["probe", "--json", "--root", root.path.string]
            let run = try Program.run(Fixtures.program("binfmtctl"), words)
            let native = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).native
            #expect(try native == NativeProbe().platforms.names && !native.isEmpty)
            let text = try Program.run(Fixtures.program("binfmtctl"), Array(words.dropLast(3)) + words.suffix(2)).output
            let sentence = text.split(separator: "\n").joined(separator: " ")
            #expect(try sentence.hasSuffix("The processor itself runs \(NativeProbe().platforms)."), "\(text)")
            let named = try Program.run(Fixtures.program("binfmtctl"), ["probe", "arm64"] + words.suffix(2)).output
            #expect(!named.contains("The processor itself"))
        }

        /// As root without capabilities, in a user namespace that it makes.
        @Test func needsNoCapabilities() throws {
            try register("arm64", emulator("works"))
            let found = try probe(through: ["setpriv", "--bounding-set=-all", "--inh-caps=-all"])
            #expect(found.mapValues(\.state) == ["aarch64": "works"])
        }

        /// All targets of this machine's package, with the declared entries in a private registry.
        @Test func realEmulatorsWork() throws {
            try root.write("[daemon]\nbinfmt-d = false\n", to: "etc/binfmtd/binfmtd.toml")
            let found = try probe("--private")
            #expect(found.count >= 25)
            for (name, finding) in found {
                #expect(finding.state == "works", "\(name): \(finding)")
                #expect(finding.emulator?.hasPrefix("QEMU ") == true && finding.file == "current")
            }
            #expect(try PrivateRegistry.names() == [])
        }

        @Test func leavesNothingBehind() throws {
            try register("arm64", emulator("works"))
            try root.write("", to: "inner/file")
            let place = root.path.appending("inner").string
            _ = try probe(through: ["env", "TMPDIR=\(place)"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["file"])
        }
    }
}
