// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What became of a change.
package struct Outcome: Sendable {
    package enum Result: Hashable, Sendable {
        case done
        /// The entry's later writes were left out.
        case failed(Failure)
    }

    /// A write that the kernel refused.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        package let write: KernelWrite
        package let error: Errno
        /// What the kernel means by it, for a person; nil where the errno says it all.
        package let explanation: String?

        package init(_ write: KernelWrite, _ error: Errno, _ explanation: String? = nil) {
            self.write = write
            self.error = error
            self.explanation = explanation
        }

        package var description: String {
            "cannot \(write): \(error)" + (explanation.map { " (\($0))" } ?? "")
        }
    }

    package let change: Change
    package let result: Result

    package init(change: Change, result: Result) {
        self.change = change
        self.result = result
    }

    /// Why it was not done; nil if it was.
    package var failure: Failure? {
        if case .failed(let failure) = result { failure } else { nil }
    }
}
