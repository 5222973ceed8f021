// SPDX-License-Identifier: Apache-2.0
import CLinux

/// What the process keeps while nothing happens.
package enum Memory {
    /// Returns what a pass has freed to the system (malloc_trim(3)); glibc would keep it for the next.
    package static func giveBack() { malloc_trim(0) }
}
