// SPDX-License-Identifier: Apache-2.0

/// Why the last pass could not bring an entry into the kernel.
package enum FailureReason: Reason {
    case write(WriteFailure)
    /// The reason that a running daemon reports.
    case reported(ReportedReason)

    package var code: ReasonCode {
        switch self {
        case .write(let failure): failure.code
        case .reported(let reason): reason.code
        }
    }
}
