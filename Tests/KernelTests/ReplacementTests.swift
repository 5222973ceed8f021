// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Programs keep running while the entry that runs them is replaced.
    @Suite struct ReplacementTests {
        private let root = TemporaryDirectory()
        private let registry: KernelRegistry
        private let interpreters: [String]

        init() throws {
            registry = try PrivateRegistry.open()
            let original = try Fixtures.program("succeed")
            let copies = [root.path.appending("one").string, root.path.appending("two").string]
            for copy in copies { try FileManager.default.copyItem(atPath: original, toPath: copy) }
            interpreters = copies
            _ = try root.writeProgram(Array("STORM".utf8), to: "program")
        }

        private func declaration(_ index: Int) -> String {
            """
            [qemu]
            targets = []
            [entry.storm]
            magic = "STORM"
            interpreter = "\(interpreters[index % 2])"
            fix-binary = \(index % 3 == 0)
            """
        }

        private func reconciler(beside status: DaemonStatus? = nil) throws -> Reconciler {
            let hostPaths = HostPaths(root: root.path)
            try Files.makeDirectory(hostPaths.stateDirectory)
            let registry = registry
            return try hostPaths.reconciler(beside: status) { () throws(RegistryUnavailable) in registry }
        }

        @Test func aThousandRedeclarationsFailNoExec() throws {
            let reconciler = try reconciler()
            try root.write(declaration(0), to: "etc/binfmtd/binfmtd.toml")
            #expect(try reconciler.pass().remaining.isInSync)
            let storm = try Storm(root.path.appending("program"))
            for index in 1...1000 {
                try root.write(declaration(index), to: "etc/binfmtd/binfmtd.toml")
                let pass = try reconciler.pass()
                #expect(pass.applied.outcomes.map(\.result) == [.done])
                #expect(pass.remaining.isInSync)
            }
            let result = try storm.end()
            #expect(result.misses.isEmpty)
            #expect(result.execs > 500)
        }

        /// The control: the same execs hit the gap of a plain replacement.
        @Test func plainRemovalAndRegistrationFailsSome() throws {
            let entry = try RegisterLine(Array(":storm:M::STORM::\(interpreters[0]):".utf8)).entry
            let string = try RegisterString(entry)
            try registry.perform(.register(string))
            let storm = try Storm(root.path.appending("program"))
            for _ in 1...20_000 {
                try registry.perform(.unregister(entry.name))
                try registry.perform(.register(string))
            }
            #expect(try !storm.end().misses.isEmpty)
        }

        /// A daemon that is killed at any moment leaves the pattern served, and the next one continues.
        @Test func aHundredAndTwentyKillsFailNoExec() throws {
            try root.write(declaration(0), to: "etc/binfmtd/binfmtd.toml")
            #expect(try RunningDaemon(Fixtures.program("binfmtd"), root: root).stop() == 0)
            let storm = try Storm(root.path.appending("program"))
            var random = SeededGenerator(seed: 120)
            for index in 1...120 {
                let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
                try root.write(declaration(index), to: "etc/binfmtd/binfmtd.toml")
                usleep(UInt32.random(in: 0...4000, using: &random))
                daemon.signal(SIGKILL)
                daemon.process.waitUntilExit()
            }
            let daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: root)
            #expect(try PrivateRegistry.names() == ["storm"])
            #expect(daemon.stop() == 0)
            #expect(try storm.end().misses == [])
        }

        /// A failed change does not count as done: an upgraded interpreter that is not executable yet is tried again.
        @Test func aFailedReplacementIsTriedAgain() throws {
            let reconciler = try reconciler()
            try root.write(declaration(0), to: "etc/binfmtd/binfmtd.toml")
            _ = try reconciler.pass()
            let fresh = root.path.appending("fresh").string
            try FileManager.default.copyItem(atPath: interpreters[1], toPath: fresh)
            chmod(fresh, 0o644)
            rename(fresh, interpreters[0])
            let failed = try reconciler.pass()
            #expect(failed.applied.outcomes.count == 1 && !failed.remaining.isInSync)
            if case .failed(let failure) = failed.applied.outcomes.first?.result {
                let path = interpreters[0]
                #expect(failure.error == .permissionDenied)
                #expect(failure.refusal == .obstacle(.notExecutable(mode: 0o644), FilePath(path)))
            }
            #expect(failed.remaining.items.first?.state == .failed)
            #expect(failed.hasFailed)
            chmod(interpreters[0], 0o755)
            let repaired = try reconciler.pass()
            #expect(repaired.applied.outcomes.map(\.change.cause) == [.stale(FilePath(interpreters[0]))])
            #expect(repaired.remaining.isInSync)
        }

        /// In another container the same path is another file, which the daemon does not follow.
        @Test func inAnotherRootThanTheDaemonsNoEntryIsStale() throws {
            try root.write(declaration(0), to: "etc/binfmtd/binfmtd.toml")
            #expect(try reconciler().pass().remaining.isInSync)
            let fresh = root.path.appending("fresh").string
            try FileManager.default.copyItem(atPath: interpreters[1], toPath: fresh)
            rename(fresh, interpreters[0])
            var status = DaemonStatus(process: 1, verdict: .inSync)
            #expect(try reconciler(beside: status).preview().plan.items.first?.state == .stale)
            status.root = .root
            #expect(try reconciler(beside: status).preview().plan.items.first?.state == .stale)
            status.root = DirectoryIdentity(device: 0, inode: 0)
            #expect(try reconciler(beside: status).preview().plan.isInSync)
        }

        /// A registry in which the interpreter is another file while the kernel opens it.
        private final class SwappingRegistry: Registry {
            let registry: KernelRegistry
            var swap: () -> Void = {}

            init(_ registry: KernelRegistry) { self.registry = registry }

            func observe() throws(RegistryUnavailable) -> ObservedState { try registry.observe() }

            func perform(_ writes: [KernelWrite]) -> (done: Int, error: Errno?) {
                swap()
                defer { swap() }
                return registry.perform(writes)
            }
        }

        /// Report B9: what was looked at before the write and after it is the same file, and the kernel holds another.
        @Test func aFileThatIsSwappedForTheWriteIsNotKept() throws {
            let hostPaths = HostPaths(root: root.path)
            try Files.makeDirectory(hostPaths.stateDirectory)
            let swapping = SwappingRegistry(registry)
            let reconciler = try hostPaths.reconciler { () throws(RegistryUnavailable) in swapping }
            try root.write(declaration(0), to: "etc/binfmtd/binfmtd.toml")
            let evil = root.path.appending("evil").string
            try FileManager.default.copyItem(atPath: "/bin/false", toPath: evil)
            let interpreter = interpreters[0]
            swapping.swap = {
                let aside = interpreter + ".aside"
                rename(interpreter, aside)
                rename(evil, interpreter)
                rename(aside, evil)
            }
            let program = root.path.appending("program").string
            #expect(try !reconciler.pass().remaining.isInSync)
            #expect(try Program.run(program).status == 1)
            swapping.swap = {}
            #expect(try reconciler.pass().remaining.isInSync)
            #expect(try Program.run(program).status == 0)
        }

        /// The file that was looked at is back at the next pass, but the kernel has opened the one that was mounted over it.
        @Test func aFileThatWasMountedForTheWriteIsNotKept() throws {
            let hostPaths = HostPaths(root: root.path)
            try Files.makeDirectory(hostPaths.stateDirectory)
            let swapping = SwappingRegistry(registry)
            try root.write(declaration(0), to: "etc/binfmtd/binfmtd.toml")
            let (interpreter, other) = (interpreters[0], interpreters[1])
            var isMounted = false
            swapping.swap = {
                if !isMounted { isMounted = mount(other, interpreter, "none", UInt(MS_BIND), nil) == 0 }
            }
            _ = try hostPaths.reconciler { () throws(RegistryUnavailable) in swapping }.pass()
            let detach: Int32 = 2
            try #require(isMounted && umount2(interpreter, detach) == 0)
            swapping.swap = {}
            let pass = try hostPaths.reconciler { () throws(RegistryUnavailable) in swapping }.pass()
            #expect(pass.applied.outcomes.map(\.change.cause) == [.unknownFile])
            #expect(pass.remaining.isInSync)
        }

        /// With F the kernel runs the file that it opened: a new one under the same path is found by its identity.
        @Test func anUpgradedInterpreterIsUsed() throws {
            let reconciler = try reconciler()
            try root.write(declaration(0), to: "etc/binfmtd/binfmtd.toml")
            _ = try reconciler.pass()
            let storm = try Storm(root.path.appending("program"))
            for _ in 1...100 {
                let fresh = root.path.appending("fresh").string
                try FileManager.default.copyItem(atPath: interpreters[1], toPath: fresh)
                rename(fresh, interpreters[0])
                let pass = try reconciler.pass()
                #expect(pass.applied.outcomes.map(\.change.cause) == [.stale(FilePath(interpreters[0]))])
                #expect(pass.remaining.isInSync)
            }
            #expect(try storm.end().misses == [])
        }
    }
}
