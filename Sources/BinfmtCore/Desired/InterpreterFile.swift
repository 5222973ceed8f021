// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What was found at an interpreter's path.
package enum InterpreterFile: Hashable, Sendable {
    /// `hazard`: why a user other than root could change it; nil if none could. `isDynamic`: whether it needs a loader;
    /// false where that was not looked at.
    case present(FileIdentity, hazard: Hazard? = nil, isDynamic: Bool = false)
    case missing(Errno)

    package var identity: FileIdentity? {
        if case .present(let identity, _, _) = self { identity } else { nil }
    }

    /// Why it is not known whether it exists.
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
