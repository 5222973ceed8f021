// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What became of a change.
package struct Outcome: Sendable {
    package enum Result: Hashable, Sendable {
        case done
        /// The kernel refused a write; the entry's later writes were left out.
        case failed(KernelWrite, Errno)
    }

    package let change: Change
    package let result: Result

    package init(change: Change, result: Result) {
        self.change = change
        self.result = result
    }
}
