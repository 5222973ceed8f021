// SPDX-License-Identifier: Apache-2.0
import Glibc

package enum Clock {
    /// The time since the system started, while it was awake (clock_gettime(2), CLOCK_MONOTONIC).
    package static func monotonic() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// The seconds since 1970 (time(2)).
    package static func unixSeconds() -> Int64 { Int64(time(nil)) }
}
