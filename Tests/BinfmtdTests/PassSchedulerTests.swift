// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage
import Testing

@testable import binfmtd

/// When passes are made, and what they are made for, on the real event loop.
@Suite struct PassSchedulerTests {
    private final class Scene {
        let loop: EventLoop
        private(set) var scheduler: PassScheduler?
        private(set) var passes: [Trigger] = []
        private let last: Int

        /// - Parameter last: the number of passes after which the loop ends.
        init(last: Int) throws {
            self.last = last
            loop = try EventLoop()
            scheduler = try PassScheduler(loop) { [unowned self] trigger in
                scheduler?.begin()
                passes.append(trigger)
                if passes.count == self.last { loop.exit() }
            } report: { error in
                Issue.record("\(error)")
            }
        }
    }

    @Test func aBurstIsOnePassForWhatCameFirst() throws {
        let scene = try Scene(last: 1)
        scene.scheduler?.request(.configuration)
        scene.scheduler?.request(.interpreter)
        scene.scheduler?.request(.registry)
        try scene.loop.run()
        #expect(scene.passes == [.configuration])
    }

    @Test func aPassThatHasToWaitKeepsItsTrigger() throws {
        let scene = try Scene(last: 1)
        for _ in 0..<20 {
            scene.scheduler?.request(.registry)
            scene.scheduler?.begin()
        }
        scene.scheduler?.request(.interpreter)
        scene.scheduler?.request(.registry)
        try scene.loop.run()
        #expect(scene.passes.last == .interpreter)
    }

    /// Reports B4 and B5: whatever it is that other users do, they cannot keep the daemon busy.
    @Test(arguments: [Trigger.configuration, .interpreter, .registry])
    func manyPassesAreSpreadOut(_ trigger: Trigger) throws {
        let scene = try Scene(last: 24)
        func ask() throws {
            scene.scheduler?.request(trigger)
            guard scene.passes.count < 23 else { return }
            let next = try scene.loop.timer { try? ask() }
            try next.arm(after: .milliseconds(1))
            timers.append(next)
        }
        var timers: [EventSource] = []
        let start = Clock.monotonic()
        try ask()
        try scene.loop.run()
        // About twenty at once, and then one every 100 ms.
        #expect(Clock.monotonic() - start >= .milliseconds(150))
    }

    @Test func theNextPassComesByItself() throws {
        let scene = try Scene(last: 2)
        scene.scheduler?.end(next: .milliseconds(1), hasFailed: false)
        scene.scheduler?.request(.start)
        let later = try scene.loop.timer { scene.scheduler?.request(.command) }
        try later.arm(after: .seconds(30))
        try scene.loop.run()
        #expect(scene.passes == [.start, .timer])
    }

    @Test func nothingIsDueOnceTheTimerIsDisarmed() throws {
        let scene = try Scene(last: 1)
        scene.scheduler?.end(next: .milliseconds(1), hasFailed: true)
        scene.scheduler?.end(next: nil, hasFailed: false)
        let later = try scene.loop.timer { scene.scheduler?.request(.command) }
        try later.arm(after: .milliseconds(20))
        try scene.loop.run()
        #expect(scene.passes == [.command])
    }
}
