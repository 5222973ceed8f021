// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What became of a change.
package struct Outcome: Sendable {
    package enum Result: Hashable, Sendable {
        case done
        /// The entry's later writes were skipped.
        case failed(Failure)
    }

    /// A write that the kernel refused.
    package struct Failure: Error, Reason {
        package let write: KernelWrite
        package let error: Errno
        /// What the kernel means by it; nil where the errno says it all.
        package let refusal: KernelRefusal?

        package init(_ write: KernelWrite, _ error: Errno, _ refusal: KernelRefusal? = nil) {
            self.write = write
            self.error = error
            self.refusal = refusal
        }

        package var code: ReasonCode { refusal?.code ?? .writeFailed }
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
