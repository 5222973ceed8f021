// SPDX-License-Identifier: Apache-2.0

/// Why an entry of ours that nothing declares stays in the kernel for now.
package enum UnregisterHold: Reason {
    /// A configuration file is broken: what it meant to declare is not known.
    case brokenFile
    /// A configuration file has just gone, and may come back.
    case missingFile
    /// Other programs write to the registry.
    case disturbance

    package var code: ReasonCode {
        switch self {
        case .brokenFile: .heldByBrokenFile
        case .missingFile: .heldByMissingFile
        case .disturbance: .heldByDisturbance
        }
    }
}
