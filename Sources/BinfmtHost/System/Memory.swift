// SPDX-License-Identifier: Apache-2.0
import CLinux

/// Control of the memory that the process keeps while it is idle. See docs/performance.md.
package enum Memory {
    /// Keeps memory that a pass frees for its next step until ``giveBack()``. Otherwise glibc would return each large
    /// array to the system and take new pages for the next one (a quarter of the page faults of a start with 10,000
    /// entries, and a seventh of an edit's time).
    package static func keepUntilGivenBack() {
        mallopt(M_MMAP_THRESHOLD, 1 << 25)
        mallopt(M_TRIM_THRESHOLD, .max)
    }

    /// Returns the memory that a pass has freed to the system (malloc_trim(3)); glibc would keep it. Keeps as much as the
    /// next pass with few entries needs, which saves it 17 page faults.
    package static func giveBack() { malloc_trim(1 << 16) }
}
