// SPDX-License-Identifier: Apache-2.0

/// What became of a change.
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

    /// Why it was not done; nil if it was.
    package var failure: Failure? {
        if case .failed(let failure) = result { failure } else { nil }
    }
}
