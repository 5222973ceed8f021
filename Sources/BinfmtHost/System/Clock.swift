// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc

package enum Clock {
    /// The time since the system started, while it was awake (clock_gettime(2), CLOCK_MONOTONIC).
    package static func monotonic() -> Duration {
        let time = read(CLOCK_MONOTONIC)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// The seconds since 1970 (time(2)).
    package static func unixSeconds() -> Int64 { Int64(time(nil)) }

    /// The last tick of the clock that the kernel uses for file times (CLOCK_REALTIME_COARSE).
    package static func lastTick() -> FileTime { FileTime(read(CLOCK_REALTIME_COARSE)) }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
