// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Why an entry is in the state that a plan shows.
package enum EntryReason: Reason {
    /// The next pass changes it.
    case change(ChangeCause)
    case withheld(WithheldReason)
    /// It is withheld, but another program has registered an entry of this name.
    case besideForeign(WithheldReason, EntryName, interpreter: FilePath?)
    indirect case failed(FailureReason)
    /// It is active, with reservations.
    case caveats(Caveat, [Caveat] = [])
    /// It is ours and no longer declared.
    case held(Hold)
    /// It is foreign, and the kernel's text has these flags and lines, which this version does not know.
    case unknownFeatures(String)
    /// A masked file hides its declaration.
    case masked(by: FilePath)
    /// It is in the kernel, but this entry takes all its files first.
    case shadowed(by: EntryName)

    /// Why an entry of ours that nothing declares stays in the kernel for now.
    package enum Hold: Reason {
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

    package var code: ReasonCode {
        switch self {
        case .change(let cause): cause.code
        case .withheld(let reason): reason.code
        case .besideForeign: .besideForeign
        case .failed(let reason): reason.code
        case .caveats(let first, _): first.code
        case .held(let hold): hold.code
        case .unknownFeatures: .unknownFeatures
        case .masked: .masked
        case .shadowed: .shadowed
        }
    }
}
