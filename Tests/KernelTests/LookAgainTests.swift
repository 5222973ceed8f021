// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
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
                    try truth.wait(.zero)
                    now += .milliseconds(10)
                    if isTold {
                        isTold = false
                        let pass = try reconciler.pass(at: now)
                        _ = try? watch.watch(pass.configurationDependencies)
                    }
                }
                try scene.makeWhole()
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
                try events.wait(.zero)
                if isTold { continue }
                let after = try scene.freshReconciler().preview(at: now)
                #expect(
                    after.plan.canonicalText == before.plan.canonicalText,
                    "round \(round): no event reported \(scene.deeds.last ?? "")")
            }
        }
    }
}
