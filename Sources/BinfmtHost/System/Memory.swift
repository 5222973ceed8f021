// SPDX-License-Identifier: Apache-2.0
import CLinux

/// What the process keeps while nothing happens.
package enum Memory {
    /// Has what a pass frees stay for its next step until ``giveBack()``: glibc would return each large array to the
    /// system, and the next one would be made of new pages (a quarter of the page faults of a start with 10,000 entries,
    /// and a seventh of an edit's time).
    package static func keepUntilGivenBack() {
        mallopt(M_MMAP_THRESHOLD, 1 << 25)
        mallopt(M_TRIM_THRESHOLD, .max)
    }

    /// Returns what a pass has freed to the system (malloc_trim(3)); glibc would keep it for the next.
    package static func giveBack() { malloc_trim(0) }
}
