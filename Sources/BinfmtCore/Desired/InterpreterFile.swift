// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What was found at an interpreter's path.
package struct InterpreterFile: Hashable, Sendable {
    /// Nil if there is no file, or if it was not looked at because of the hazard.
    package private(set) var identity: FileIdentity?
    package private(set) var exists: Bool
    /// Why a user other than root could make it, change it or replace it; nil if none could.
    package private(set) var hazard: Hazard?
    /// Whether it needs a loader; false where that was not looked at.
    package var isDynamic = false
    /// Why it is not known whether it exists.
    package private(set) var failure: Errno?

    package static func present(
        _ identity: FileIdentity, hazard: Hazard? = nil, isDynamic: Bool = false
    ) -> InterpreterFile {
        InterpreterFile(identity: identity, exists: true, hazard: hazard, isDynamic: isDynamic)
    }

    package static func missing(_ error: Errno, hazard: Hazard? = nil) -> InterpreterFile {
        InterpreterFile(exists: false, hazard: hazard, failure: error.isTransient ? error : nil)
    }

    /// One that no entry may use, and that was not looked at further.
    package static func unsafe(_ hazard: Hazard, exists: Bool) -> InterpreterFile {
        InterpreterFile(exists: exists, hazard: hazard)
    }

    /// Whether an entry may use it.
    package func isUsable(evenIfUnsafe allowsUnsafe: Bool) -> Bool {
        identity != nil && (allowsUnsafe || hazard == nil)
    }

    /// Whether another file is at the path than at an earlier look, or others can change it now.
    package func differs(from other: InterpreterFile?) -> Bool {
        identity != other?.identity || hazard != other?.hazard
    }
}
