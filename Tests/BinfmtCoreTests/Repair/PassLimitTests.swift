// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Testing

@Suite struct PassLimitTests {
    @Test func letsABurstPassAndThenTenASecond() {
        var limit = PassLimit()
        let start = Duration.seconds(5)
        #expect((0..<20).allSatisfy { _ in limit.delay(at: start) == .zero })
        #expect(limit.delay(at: start) == .milliseconds(100))
        #expect(limit.delay(at: start + .milliseconds(50)) == .milliseconds(50))
        #expect(limit.delay(at: start + .milliseconds(100)) == .zero)
        #expect((0..<20).allSatisfy { _ in limit.delay(at: start + .seconds(60)) == .zero })
        #expect(limit.delay(at: start + .seconds(60)) > .zero)
    }
}
