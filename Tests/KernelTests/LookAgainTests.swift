// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// A pass never relies on outdated knowledge, whichever events were delivered or lost.
    @Suite struct LookAgainTests {
        /// Drops events, delivers them twice, and merges them with later ones.
        private final class LyingEvents: FolderEvents {
            private let truth: Inotify
            private let scene: LookAgainScene
            private var held: [() -> Void] = []

            init(_ truth: Inotify, _ scene: LookAgainScene) {
                self.truth = truth
                self.scene = scene
            }

            func watch(
                _ folder: FilePath, _ mask: Int32, _ action: @escaping (UInt32, [UInt8]) -> Void
            ) throws(Errno) -> AnyObject {
                try truth.watch(folder, mask) { [unowned self] mask, name in
                    if scene.chance(40) { return }
                    if scene.chance(30) { return held.append { action(mask, name) } }
                    action(mask, name)
                    if scene.chance(20) { action(mask, name) }
                    let late = held
                    held = []
                    for action in late { action() }
                }
            }
        }

        /// Longer than any time that a reconciler waits.
        private static let longAfter = Duration.seconds(60)

        @Test(arguments: 1...3 as ClosedRange<UInt64>)
        func aWatchThatLiesLeavesNothingStale(_ seed: UInt64) throws {
            let scene = try LookAgainScene(seed: seed)
            let truth = try Inotify()
            let reconciler = try scene.reconciler()
            var isTold = true
            let watch = FolderWatch(LyingEvents(truth, scene)) { isTold = true }
            var now = Duration.seconds(1000)
            for round in 0..<200 {
                for _ in 0..<4 {
                    try scene.act()
                    try truth.handleEvents()
                    now += .milliseconds(10)
                    if isTold {
                        isTold = false
                        let pass = try reconciler.pass(at: now)
                        _ = try? watch.watch(pass.configurationDependencies)
                    }
                }
                scene.makeWhole()
                // With any event, or none, the next pass finds the current state.
                for _ in 0..<2 {
                    now += Self.longAfter
                    _ = try reconciler.pass(at: now)
                }
                let last = try reconciler.pass(at: now)
                let fresh = try scene.freshReconciler().preview(at: now)
                try #require(!fresh.configuration.isBroken, "round \(round): \(scene.deeds)")
                #expect(last.remaining.isInSync, "round \(round): \(scene.deeds)")
                #expect(
                    fresh.plan.steps.isEmpty, "round \(round): \(fresh.plan.steps.map(\.write)) after \(scene.deeds)")
            }
        }

        /// What lstat(2) said of every path holds until it says something else, and then only.
        @Test(arguments: 1...3 as ClosedRange<UInt64>)
        func aChangeAfterAQuietTimeIsSeen(_ seed: UInt64) throws {
            let scene = try LookAgainScene(seed: seed)
            let reconciler = try scene.reconciler()
            var now = Duration.seconds(1000)
            func pass() throws -> Pass {
                now += Self.longAfter
                return try reconciler.pass(at: now)
            }
            var repeated = 0
            for round in 0..<100 {
                // Later than the clock's tick, so that what was seen last holds.
                let start = Self.lastTick()
                try eventually { Self.lastTick() > start }
                if try pass().lookNumber == pass().lookNumber { repeated += 1 }
                try scene.act()
                _ = try pass()
                let last = try pass()
                let fresh = try scene.freshReconciler().preview(at: now)
                if fresh.configuration.isBroken {
                    scene.makeWhole()
                    continue
                }
                #expect(last.remaining.isInSync, "round \(round): \(scene.deeds)")
                #expect(
                    fresh.plan.steps.isEmpty, "round \(round): \(fresh.plan.steps.map(\.write)) after \(scene.deeds)")
            }
            #expect(repeated > 20)
        }

        /// Two links to one directory are two ways to it.
        @Test func eachOfSeveralLinksToADirectoryIsWatched() throws {
            let root = TemporaryDirectory()
            for name in ["old", "new"] { _ = try root.writeProgram([1], to: "\(name)/program") }
            try root.write("[qemu]\ntargets = []\n", to: "etc/binfmtd/binfmtd.toml")
            for name in ["one", "two"] {
                try root.link(name, to: "old")
                let program = root.path.appending("\(name)/program")
                try root.write(
                    "[entry.\(name)]\nmagic = \"\(name)\"\ninterpreter = \"\(program)\"\n",
                    to: "etc/binfmtd/entries.d/\(name).toml")
            }
            let registry = try PrivateRegistry.open()
            let reconciler = try HostPaths(root: root.path).reconciler { () throws(RegistryUnavailable) in registry }
            let events = try Inotify()
            var isTold = false
            let watch = FolderWatch(events) { isTold = true }
            _ = try watch.watch(try reconciler.pass().interpreterDependencies)
            for name in ["one", "two"] {
                isTold = false
                try root.link("fresh", to: "new")
                #expect(rename(root.path.appending("fresh").string, root.path.appending(name).string) == 0)
                try events.handleEvents()
                #expect(isTold, "\(name)")
            }
        }

        /// systemd-sysext(8) mounts another overlay at the same place, of whose directories stat(2) may say the same.
        @Test func anotherOverlayIsListedAgain() throws {
            let root = TemporaryDirectory()
            try root.write("", to: "top/binfmt.d/top.conf")
            try root.write(":one:M::ONE::/bin/true:\n", to: "bottom/binfmt.d/one.conf")
            try root.write("", to: "usr/lib/binfmtd/nothing")
            let place = root.path.appending("usr/lib").string
            let layers = ["top", "bottom"].map { root.path.appending($0).string }.joined(separator: ":")
            var directories = ConfigDirectories(root: root.path)
            func files() throws -> [String?] {
                try #require(mount("none", place, "overlay", 0, "lowerdir=\(layers)") == 0)
                defer { umount2(place, Int32(MNT_DETACH)) }
                return directories.read().files.map { $0.path.lastComponent?.string }
            }
            _ = try files()
            // Later than the clock's tick, so that what is listed now holds.
            let start = Self.lastTick()
            try eventually { Self.lastTick() > start }
            #expect(try files() == ["one.conf", "top.conf"])
            try root.write(":two:M::TWO::/bin/true:\n", to: "bottom/binfmt.d/two.conf")
            #expect(try files() == ["one.conf", "top.conf", "two.conf"])
        }

        /// When the clock ticked last by which the kernel dates changes of files, in nanoseconds.
        private static func lastTick() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME_COARSE, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }

        /// As when what it leads to is not mounted.
        @Test func aDirectoryThatLeadsNowhereHasNoMainFile() throws {
            let root = TemporaryDirectory()
            try root.write("[daemon]\nbinfmt-d = false\n[qemu]\ntargets = []\n", to: "usr/lib/binfmtd/binfmtd.toml")
            try root.write("", to: "etc/nothing")
            try root.link("etc/binfmtd", to: "../missing")
            var directories = ConfigDirectories(root: root.path)
            let reading = directories.read()
            #expect(reading.configuration.issues.map(\.description) == [])
            #expect(!reading.configuration.daemon.readsBinfmtD)
        }

        /// A change without an event cannot matter, except a mount, which inotify(7) does not report.
        @Test(arguments: 4...6 as ClosedRange<UInt64>)
        func aTruthfulWatchMissesNothing(_ seed: UInt64) throws {
            let scene = try LookAgainScene(seed: seed, withMounts: false)
            let events = try Inotify()
            var isTold = true
            let files = FolderWatch(events) { isTold = true }
            let interpreters = FolderWatch(events) { isTold = true }
            let reconciler = try scene.reconciler()
            var now = Duration.seconds(1000)
            for round in 0..<300 {
                while isTold {
                    isTold = false
                    now += Self.longAfter
                    let pass = try reconciler.pass(at: now)
                    let isNew = try files.watch(pass.configurationDependencies)
                    isTold = try interpreters.watch(pass.interpreterDependencies) || isNew
                }
                let before = try scene.freshReconciler().preview(at: now)
                try scene.changeFiles()
                try events.handleEvents()
                if isTold { continue }
                let after = try scene.freshReconciler().preview(at: now)
                #expect(
                    after.plan.canonicalText == before.plan.canonicalText,
                    "round \(round): no event reported \(scene.deeds.last ?? "")")
            }
        }
    }
}
