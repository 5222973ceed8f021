// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import CLinux
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The host runs short of a resource for a while: the daemon logs it, and recovers by itself.
    @Suite struct ShortageTests {
        private let scene: FaultScene

        init() throws { scene = try FaultScene() }

        @Test func ofRoomInAQueueOfEvents() throws {
            let daemon = try scene.start()
            let limit = try #require(Int(try text("/proc/sys/fs/inotify/max_queued_events")))
            daemon.signal(SIGSTOP)
            // Each write is two events, and no two of one kind follow each other.
            for _ in 0...limit / 4 {
                try PrivateRegistry.write("1", to: "a")
                try PrivateRegistry.write("1", to: "held")
            }
            try PrivateRegistry.write("-1", to: "a")
            try scene.declare(1)
            try scene.upgrade()
            daemon.signal(SIGCONT)
            try daemon.wait { try scene.isAsDeclared(1) && daemon.log.contains("'held' replaced") }
            #expect(daemon.stop() == 0)
        }

        /// What fills the queue is about files that do not matter, so that the next look finds nothing new.
        @Test func ofRoomInAQueueOfFileEvents() throws {
            let others = ["etc/binfmtd/x~", "etc/binfmtd/y~"]
            for other in others { try scene.root.write("", to: other) }
            let paths = others.map { scene.root.path.appending($0).string }
            let daemon = try scene.start()
            // A look is kept if the times of all files are before the clock's last tick.
            let tick = Clock.lastTick()
            repeat { try daemon.reload() } while Clock.lastTick() == tick
            try daemon.reload()
            let limit = try #require(Int(try text("/proc/sys/fs/inotify/max_queued_events")))
            daemon.signal(SIGSTOP)
            // No two of one kind follow each other.
            for round in 0...limit {
                for path in paths { chmod(path, round % 2 == 0 ? 0o600 : 0o644) }
            }
            daemon.signal(SIGCONT)
            try daemon.reload()
            try daemon.waitUntilAsleep()
            for generation in 1...3 {
                try scene.declare(generation)
                try daemon.wait { try scene.isAsDeclared(generation) }
            }
            #expect(daemon.stop() == 0)
        }

        @Test func ofWatches() throws {
            let limit = "/proc/sys/user/max_inotify_watches"
            let before = try text(limit)
            try Data("0".utf8).write(to: URL(filePath: limit))
            defer { try? Data(before.utf8).write(to: URL(filePath: limit)) }
            let daemon = try scene.start()
            try daemon.wait {
                daemon.log.contains("<3>cannot watch files: No space left on device; polling instead")
            }
            #expect(daemon.log.contains("<3>cannot watch the registry: No space left on device"))
            try scene.declare(1)
            try daemon.wait { try scene.isAsDeclared(1) }

            try Data(before.utf8).write(to: URL(filePath: limit))
            try scene.declare(2)
            try daemon.wait { try scene.isAsDeclared(2) }
            // From now on it is notified of every change again.
            for round in 3...7 {
                try scene.declare(round)
                try daemon.wait { try scene.isAsDeclared(round) }
                try PrivateRegistry.write("0", to: "a")
                try daemon.wait { try scene.isAsDeclared(round) }
            }
            #expect(daemon.stop() == 0)
        }

        @Test func ofDescriptors() throws {
            let daemon = try scene.start()
            try setDescriptorLimit(3, daemon)
            try PrivateRegistry.write("-1", to: "a")
            try eventually { daemon.log.contains("Too many open files") }
            try setDescriptorLimit(1024, daemon)
            try daemon.wait { try scene.isAsDeclared(0) }
            #expect(daemon.stop() == 0)
        }

        @Test func ofAPlaceForItsState() throws {
            let state = scene.root.path.appending("run/binfmtd/state").string
            try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
            try #require(mount("none", state, "tmpfs", UInt(MS_RDONLY), nil) == 0)
            defer { umount2(state, Int32(MNT_DETACH)) }
            try scene.declare(1)
            let daemon = try scene.start()
            let problem = "<4>cannot write \(state)/owned.toml: Read-only file system"
            for _ in 1...3 {
                try daemon.reload()
            }
            #expect(daemon.log.split(separator: "\n").filter { $0.hasPrefix(problem) }.count == 1, "\(daemon.log)")
            try #require(mount("none", state, "tmpfs", UInt(MS_REMOUNT), nil) == 0)
            try eventually { FileManager.default.fileExists(atPath: state + "/owned.toml") }
            daemon.signal(SIGKILL)
            daemon.process.waitUntilExit()
            try scene.declare(2)
            #expect(try scene.start().stop() == 0)
            #expect(try scene.isAsDeclared(2))
        }

        /// One call fails, and no event reports that it would succeed now.
        @Test func ofASingleCall() throws {
            let daemon = try scene.start()
            let configuration = scene.root.path.appending("etc/binfmtd/binfmtd.toml").string
            scene.order.fail(1, choice: 1, call: "open", path: configuration)
            try scene.declare(1)
            try daemon.wait { try scene.isAsDeclared(1) }
            #expect(daemon.log.contains("\(configuration): cannot read it: Input/output error"))

            scene.order.fail(1, call: "lstat", path: scene.program.string)
            let registered = PrivateRegistry.registration("held")
            try scene.upgrade()
            try daemon.wait { try PrivateRegistry.registration("held") != registered && scene.isAsDeclared(1) }
            let waiting = "Entry 'held' is waiting for its interpreter: cannot look at \(scene.program)"
            #expect(daemon.log.contains("\(waiting): Input/output error"))

            // With only one entry to register, no other write can succeed instead.
            try scene.declare(0)
            try daemon.wait { try scene.isAsDeclared(0) }
            scene.order.fail(1, call: "write", path: PrivateRegistry.path.appending("register").string)
            try PrivateRegistry.write("-1", to: "a")
            try daemon.wait { try scene.isAsDeclared(0) }
            #expect(daemon.log.contains("Entry 'a': cannot register '~binfmtd~a': No space left on device"))
            #expect(daemon.stop() == 0)

            // The last daemon's entries are known as soon as its record can be read.
            scene.order.fail(
                1, choice: 1, call: "open", path: scene.root.path.appending("run/binfmtd/state/owned.toml").string)
            try scene.declare(2)
            let next = try scene.start()
            #expect(next.log.contains("owned.toml: Input/output error"))
            try next.wait { try scene.isAsDeclared(2) }
            #expect(next.stop() == 0)
        }

        private func text(_ file: String) throws -> String {
            try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
        }

        private func setDescriptorLimit(_ count: Int, _ daemon: RunningDaemon) throws {
            let run = try Program.run(
                "prlimit", ["--pid", "\(daemon.process.processIdentifier)", "--nofile=\(count):"])
            #expect(run.status == 0, "\(run.errors)")
        }
    }
}
