// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The document that `--json` prints where the command has no document of its own.
struct FailureDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        /// The command line is wrong.
        case misuse
        case failed
    }

    let version = 1
    let verdict: Verdict
    let summary: String
    /// The exit status.
    let status: Int32

    init(_ failure: CommandFailure) {
        verdict = failure.status == .validationFailure ? .misuse : .failed
        summary = failure.message
        status = failure.status.rawValue
    }
}
