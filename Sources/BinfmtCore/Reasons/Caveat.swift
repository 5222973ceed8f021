// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the user of an entry that can be registered should know all the same.
package enum Caveat: Reason {
    /// This host has no such interpreter; an entry without `F` is for those who have one.
    case interpreterAbsent(FilePath)
    /// The kernel holds the interpreter, but not the loader and the libraries that it needs.
    case interpreterDynamic(FilePath)
    /// A better candidate for the interpreter is passed over.
    case candidateUnsafe(Hazard)

    package var code: ReasonCode {
        switch self {
        case .interpreterAbsent: .interpreterAbsent
        case .interpreterDynamic: .interpreterDynamic
        case .candidateUnsafe: .candidateUnsafe
        }
    }
}
