// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Why an entry is left to another program for a while.
package enum SuspensionReason: Reason {
    /// Another program changed it `times` times within `window`; it is restored no earlier than after `delay`.
    case contested(times: Int, window: Duration, rival: FilePath?, delay: Duration)
    /// The reason that a running daemon reports.
    case reported(ReportedReason)

    package var code: ReasonCode {
        switch self {
        case .contested: .suspended
        case .reported(let reason): reason.code
        }
    }
}
