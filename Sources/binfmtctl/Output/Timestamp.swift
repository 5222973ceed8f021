// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A point in time, in this host's time zone: "2026-01-31 12:00:00 UTC".
struct Timestamp: CustomStringConvertible {
    private let time: time_t

    /// - Parameter seconds: seconds since 1970.
    init(_ seconds: Int64) { time = time_t(seconds) }

    var description: String { formatted("%Y-%m-%d %H:%M:%S %Z", localtime_r) }

    /// The time in UTC as RFC 3339 specifies: "2026-01-31T12:00:00Z".
    var rfc3339: String { formatted("%Y-%m-%dT%H:%M:%SZ", gmtime_r) }

    private func formatted(
        _ format: String,
        _ split: (UnsafePointer<time_t>, UnsafeMutablePointer<tm>) -> UnsafeMutablePointer<tm>?
    ) -> String {
        var (time, parts) = (time, tm())
        guard split(&time, &parts) != nil else { return "\(time)" }
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, format, &parts)
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
