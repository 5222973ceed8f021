// SPDX-License-Identifier: Apache-2.0

/// The outcome of a change.
package struct Outcome: Sendable {
    package enum Result: Hashable, Sendable {
        case done
        /// The entry's later writes were skipped.
        case failed(Failure)
    }

    package typealias Failure = WriteFailure

    package let change: Change
    package let result: Result

    package init(change: Change, result: Result) {
        self.change = change
        self.result = result
    }

    /// The reason why the change failed; nil if it succeeded.
    package var failure: Failure? {
        if case .failed(let failure) = result { failure } else { nil }
    }
}
