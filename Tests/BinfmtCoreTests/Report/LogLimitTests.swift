// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

/// How much of what comes and goes is logged.
@Suite struct LogLimitTests {
    @Test func aRepeatedTextIsLoggedAFewTimesAMinute() {
        var limit = LogLimit()
        let answers = (0..<5).map { limit.answer("text", at: .seconds($0)) }
        #expect(answers == [.log, .log, .logLast, .drop, .drop])
        #expect(limit.answer("other", at: .seconds(6)) == .log)
        #expect(limit.answer("text", at: .seconds(60)) == .log)
    }

    @Test func ofVeryManyTextsSomeAreLogged() {
        var limit = LogLimit()
        let answers = (0..<1000).map { limit.answer("\($0)", at: .seconds(1)) }
        #expect(answers.count { $0 == .log } == LogLimit.lines - 1)
        #expect(answers[LogLimit.lines - 1] == .logLast)
        #expect(answers[LogLimit.lines...].allSatisfy { $0 == .drop })
    }
}
