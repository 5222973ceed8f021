// SPDX-License-Identifier: Apache-2.0

/// Keeps what other users do from filling the journal: a problem that comes and goes is logged a few times a minute, and
/// of very many problems not all.
package struct LogLimit {
    /// The number of times that a text is logged within ``window``.
    package static let repeats = 3
    package static let window = Duration.seconds(60)
    /// The number of texts that are logged within ``window``.
    package static let lines = 200

    private var times: [String: Int] = [:]
    private var lineCount = 0
    private var start: Duration?

    package init() {}

    package enum Answer { case log, logLast, drop }

    /// Whether to log a text now.
    ///
    /// - Parameter now: the time since some fixed moment.
    package mutating func answer(_ text: String, at now: Duration) -> Answer {
        if let start, now - start < Self.window {
        } else {
            self = LogLimit()
            start = now
        }
        let count = times[text, default: 0] + 1
        if count > Self.repeats || lineCount >= Self.lines { return .drop }
        times[text] = count
        lineCount += 1
        return count == Self.repeats || lineCount == Self.lines ? .logLast : .log
    }
}
