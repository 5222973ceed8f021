// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The explanation of a file matches what the kernel then does with it.
    @Suite struct ExecutionTests {
        private let root = TemporaryDirectory()
        private let registry: KernelRegistry

        init() throws { registry = try PrivateRegistry.open() }

        private func script(_ text: String, _ name: String) throws -> FilePath {
            try root.writeProgram(Array(text.utf8), to: name)
        }

        private func copy(_ program: String, _ name: String) throws -> FilePath {
            try root.writeProgram(Array(try Data(contentsOf: URL(filePath: Fixtures.program(program)))), to: name)
        }

        private func explain(_ path: FilePath, chroot: FilePath? = nil) throws -> Execution {
            Execution(path, in: try .host(registry.observe(), chroot: chroot))
        }

        /// The errno of posix_spawn(3) for a file; nil if it runs.
        private func execute(_ path: FilePath) -> Errno? {
            var child: pid_t = 0
            let name = strdup(path.string)
            defer { free(name) }
            let failure = posix_spawn(&child, path.string, nil, nil, [name, nil], [nil])
            var status: Int32 = 0
            if failure == 0 { waitpid(child, &status, 0) }
            return failure == 0 ? nil : Errno(rawValue: failure)
        }

        /// Each file is predicted, then executed.
        private func compare(_ path: FilePath, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
            let execution = try explain(path)
            #expect(execution.failure?.error == execute(path), "\(path)", sourceLocation: sourceLocation)
            #expect(execution.runs == (Diagnosis(execution) == nil))
        }

        @Test func scriptsRunAsPredicted() throws {
            let long = String(repeating: "a", count: 300)
            let lines = [
                "", "echo hi\n", "#!/bin/true", "#!/bin/true\n", "#! \t/bin/true  \n", "#!\t/bin/true \t -x  \n",
                "#!\n",
                "#!   \n", "#!/bin/true\r\n", "#!/bin/true \r\n", "#!true\n", "#!/tmp\n", "#!/etc/passwd\n",
                "#!/nowhere/x\n", "#!/bin/true\u{0}x\n", "#!/\(long)\n", "#!/bin/true \(long)\n", "#!/bin/true/x\n",
                "\u{7f}ELF", "MZ\u{0}\u{1}", "#!/bin/true\u{0} x\n",
                "#!" + String(repeating: " ", count: 244) + "/bin/true\n",
                "#!" + String(repeating: " ", count: 245) + "/bin/true\n",
                "#!" + String(repeating: " ", count: 246) + "/bin/true\n",
            ]
            for (index, text) in lines.enumerated() { try compare(try script(text, "script\(index)")) }
        }

        @Test func programsRunAsPredicted() throws {
            for path in ["/bin/true", "/tmp", "/nowhere/x", "/bin/true/x", "/etc/passwd", "/dev/null"] {
                try compare(FilePath(path))
            }
            let whole = Array(try Data(contentsOf: URL(filePath: "/bin/true")))
            for count in [4, 20, 63, 64, 100] {
                try compare(try root.writeProgram(Array(whole.prefix(count)), to: "cut\(count)"))
            }
            for target in QemuTarget.all {
                guard let program = ProbeProgram(for: target) else { continue }
                try compare(try root.writeProgram(program.image, to: target.name))
                try compare(try root.writeProgram(ProbeProgram.unloadable(for: target), to: target.name + "-loader"))
            }
            let link = root.path.appending("link")
            try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: link.string)
            try compare(link)
        }

        @Test(arguments: 1...8)
        func theDepthOfInterpretersIsTheKernels(_ depth: Int) throws {
            var interpreter: FilePath = "/bin/true"
            for level in 0..<depth { interpreter = try script("#!\(interpreter)\n", "level\(level)") }
            try compare(interpreter)
        }

        @Test func entriesRunAsPredicted() throws {
            let file = try script("PROGRAM", "a.program")
            let garbage = try script("\u{1}\u{2}", "garbage")
            let empty = try script("", "empty")
            let script = try script("#!/bin/true\n", "script")
            let cut = try root.writeProgram(
                Array(try Data(contentsOf: URL(filePath: "/bin/true")).prefix(64)), to: "cut")
            for interpreter in [
                "/bin/true", "/nowhere/x", "/etc/passwd", "/tmp", "bin/true", "\(garbage)", "\(empty)",
                "\(script)", "\(cut)", "\(file)",
            ] {
                for recognition in ["M::PROG:", "E::program:", "E::other:", "M:4:RAM:", "M:250:\\x00:", "M::PROX:"] {
                    try PrivateRegistry.flush()
                    try PrivateRegistry.write(":e:\(recognition):\(interpreter):P", to: "register")
                    try compare(file)
                }
            }
        }

        @Test func aDisabledEntryOrRegistryIsNotAsked() throws {
            let file = try script("PROGRAM", "a.program")
            try PrivateRegistry.write(":below:M::PROGRAM::/bin/true:", to: "register")
            try PrivateRegistry.write(":e:M::PROG::/nowhere/x:", to: "register")
            try compare(file)
            try PrivateRegistry.write("0", to: "e")
            try compare(file)
            #expect(try explain(file).steps.first?.asked.map(\.match) == [.disabled, .taken])
            try PrivateRegistry.write("0", to: "status")
            try compare(file)
            #expect(try explain(file).steps.first?.asked.isEmpty == true)
        }

        @Test func aHeldInterpreterNeedsNoFile() throws {
            let interpreter = try copy("succeed", "interpreter")
            try PrivateRegistry.write(":e:M::PROG::\(interpreter):F", to: "register")
            let file = try script("PROGRAM", "program")
            try compare(file)
            try root.remove("interpreter")
            try compare(file)
            #expect(try explain(file).needs == [])
        }

        /// With and without P, through one interpreter and through three.
        @Test func theCommandIsAsPredicted() throws {
            let last = try copy("show-arguments", "show")
            let second = try script("#!\(last) one two\n", "second")
            for flags in ["", "P"] {
                for interpreter in [last, second] {
                    try PrivateRegistry.flush()
                    try PrivateRegistry.write(":e:M::PROG::\(interpreter):\(flags)", to: "register")
                    let file = try script("PROGRAM", "program")
                    let run = try Program.run(file.string, [Execution.arguments])
                    let command = try explain(file).command
                    #expect(run.output == command.map { $0 + "\n" }.joined(), "\(interpreter) \(flags)")
                }
            }
        }

        /// In a chroot an absolute link leads to another file, a held interpreter is there, and its loader is not.
        @Test func programsAreLookedUpInAChroot() throws {
            let inside = root.path.appending("chroot")
            _ = try script("PROGRAM", "chroot/program")
            _ = try script("#!/bin/sh\n", "chroot/script")
            _ = try copy("succeed", "chroot/usr/bin/succeed")
            try FileManager.default.createSymbolicLink(
                atPath: inside.appending("bin").string, withDestinationPath: "/usr/bin")
            _ = try script("#!/bin/succeed\n", "chroot/linked")
            let interpreters = ["/bin/true", "/usr/bin/succeed", "/bin/succeed", try copy("succeed", "static").string]
            for (interpreter, flags) in interpreters.flatMap({ [($0, ""), ($0, "F")] }) {
                try PrivateRegistry.flush()
                // The kernel cannot hold a file that does not exist here.
                do { try PrivateRegistry.write(":e:M::PROG::\(interpreter):\(flags)", to: "register") } catch {
                    continue
                }
                for path in ["/program", "/script", "/linked", "/nothing", "/bin"] {
                    let run = try Program.run("/usr/sbin/chroot", [inside.string, path])
                    let diagnosis = Diagnosis(try explain(FilePath(path), chroot: inside))
                    let message = run.errors.split(separator: ": ").last.map { $0.lowercased() } ?? ""
                    #expect(message == diagnosis.map { $0.message + "\n" } ?? "", "\(path) by \(interpreter) \(flags)")
                }
            }
        }
    }
}
