// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What a path of an interpreter led to.
package enum InterpreterFile: Hashable, Sendable {
    /// `hazard`: why somebody other than root could change it, and how to mend that; nil if nobody could. `isDynamic`:
    /// whether it needs a loader, as far as that was looked at.
    case present(FileIdentity, hazard: Hazard? = nil, isDynamic: Bool = false)
    case missing(Errno)

    package var identity: FileIdentity? {
        if case .present(let identity, _, _) = self { identity } else { nil }
    }

    /// Why nobody knows whether it is there.
    package var failure: Errno? {
        if case .missing(let error) = self, error.isTransient { error } else { nil }
    }

    package var hazard: Hazard? {
        if case .present(_, let hazard, _) = self { hazard } else { nil }
    }

    package var isDynamic: Bool {
        if case .present(_, _, let isDynamic) = self { isDynamic } else { false }
    }
}
