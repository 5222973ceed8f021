// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Real programs of other architectures, through real emulators.
    @Suite struct ForeignProgramTests {
        private let root = TemporaryDirectory()
        private let registry: KernelRegistry

        init() throws { registry = try PrivateRegistry.open() }

        /// A directory that contains only a foreign busybox.
        private func chroot(_ architecture: String) throws -> String {
            let directory = root.path.appending("chroot-\(architecture)")
            try Files.makeDirectory(directory)
            try FileManager.default.copyItem(
                atPath: Fixtures.program("foreign/\(architecture)/bin/busybox"),
                toPath: directory.appending("busybox").string)
            return directory.string
        }

        private func machine(in directory: String) throws -> Program {
            try Program.run("chroot", [directory, "/busybox", "uname", "-m"])
        }

        @Test(arguments: [("arm64", "aarch64"), ("s390x", "s390x")])
        func runInAChrootWithoutAnyConfiguration(_ architecture: String, _ machine: String) throws {
            let directory = try chroot(architecture)
            // The kernel's ENOEXEC makes chroot(1) try a shell, which is not there either.
            #expect(try self.machine(in: directory).status == 127)
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            let run = try self.machine(in: directory)
            #expect(run.output == machine + "\n")
            #expect(run.errors == "")
            #expect(daemon.stop() == 0)
        }

        /// The binfmt.d(5) files of Debian's package are used unchanged.
        @Test func runThroughWhatTheirPackageDeclares() throws {
            try Files.makeDirectory(root.path.appending("usr/lib"))
            try root.link("usr/lib/binfmt.d", to: "/usr/lib/binfmt.d")
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try machine(in: chroot("arm64")).output == "aarch64\n")
            let text = try #require(PrivateRegistry.text("qemu-aarch64"))
            #expect(text.contains("interpreter /usr/libexec/qemu-binfmt/aarch64-binfmt-P\nflags: POF\n"))
            #expect(daemon.stop() == 0)
        }

        /// Programs of each target, distinguished by the kernel: each target has its own interpreter, which prints its
        /// name.
        @Test func areTakenByTheirOwnTarget() throws {
            let directory = root.path.appending("interpreters")
            try Files.makeDirectory(directory)
            let original = try Fixtures.program("show-interpreter")
            for target in QemuTarget.all where target.name != "x86_64" {
                let interpreter = directory.appending(target.name)
                try FileManager.default.copyItem(atPath: original, toPath: interpreter.string)
                let entry = Entry(
                    name: try EntryName(declaring: "qemu-" + target.name), recognition: .magic(target.pattern),
                    interpreter: interpreter, flags: .fixBinary)
                try registry.perform(.register(RegisterString(entry)))
            }
            for target in QemuTarget.all {
                guard target.name != "x86_64", let program = ProbeProgram(for: target) else { continue }
                let file = try root.writeProgram(program.image, to: "program").string
                let run = try Program.run("/bin/sh", ["-c", "exec \(file)"])
                #expect(run.output == directory.appending(target.name).string + "\n", "\(target.name)")
            }
        }

        /// The tiny programs are correct: the emulator of each architecture runs its program to the end.
        @Test(arguments: ProbeArchitecture.all.filter { $0.name != "i486" })
        func exitAsTheyAreMeantTo(_ architecture: ProbeArchitecture) throws {
            let file = try root.writeProgram(ProbeProgram(architecture).image, to: architecture.name).string
            let emulator = "/usr/bin/qemu-\(architecture.name)-static"
            let named = try Program.run(emulator, ["-0", ProbeProgram.name, file])
            #expect(named.status == Int32(ProbeProgram.exitStatus), "\(named.errors)")
            #expect(try Program.run(emulator, [file]).status == Int32(ProbeProgram.pathStatus))
        }

        @Test func areThereForEveryTarget() {
            #expect(ProbeArchitecture.all.count == QemuTarget.all.count + 2)
            for target in QemuTarget.all {
                let takers = QemuTarget.all.filter { other in
                    ProbeProgram(for: target).map { other.pattern.matches($0.image) } ?? false
                }
                #expect(takers == [target])
            }
        }

        /// Native targets are found by executing programs; here the same programs run without any entry.
        @Test func areFoundToBeNativeWhereTheyAre() throws {
            var native: [QemuTarget] = []
            for target in QemuTarget.all {
                guard let program = ProbeProgram(for: target) else { continue }
                let file = try root.writeProgram(program.image, to: target.name).string
                if let run = try? Program.run(file), run.status == Int32(ProbeProgram.pathStatus) {
                    native.append(target)
                }
            }
            #expect(!native.isEmpty)
            let found = try NativeProbe().natives(among: QemuTarget.all)
            #expect(found == Set(native))
        }

        /// Not even if a list declares them and no emulator is looked up, because each container brings its own.
        @Test func areLeftToTheProcessorWhereTheyAreNative() throws {
            let native = try NativeProbe().natives(among: QemuTarget.all).map(\.name).sorted()
            try root.write(
                """
                [qemu]
                targets = \(native)
                interpreter = "/nowhere/{target}"
                fix-binary = false
                """, to: "etc/binfmtd/binfmtd.toml")
            let run = try Program.run(Fixtures.program("binfmtctl"), ["apply", "--root", root.path.string])
            // Report D2: one configuration for hosts of several processors is as declared on each.
            #expect(run.status == 0 && run.errors == "")
            #expect(run.output == "Nothing changed.\nEntries: \(native.count) native\n")
            #expect(try PrivateRegistry.names() == [])
        }
    }
}
