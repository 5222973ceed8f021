// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
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
        scene.scheduler?.requestThrottled(.registry)
        try scene.loop.run()
        #expect(scene.passes == [.configuration])
    }

    @Test func aPassThatHasToWaitKeepsItsTrigger() throws {
        let scene = try Scene(last: 1)
        for _ in 0..<20 {
            scene.scheduler?.requestThrottled(.registry)
            scene.scheduler?.begin()
        }
        scene.scheduler?.requestThrottled(.interpreter)
        scene.scheduler?.requestThrottled(.registry)
        try scene.loop.run()
        #expect(scene.passes.last == .interpreter)
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
