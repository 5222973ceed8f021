// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The broken files whose last valid version is in effect.
package struct KeptFiles: Hashable, Sendable {
    /// Those whose last valid version this process knows.
    package var here: Set<FilePath> = []
    /// Those whose last valid version only the running daemon knows.
    package var elsewhere: Set<FilePath> = []

    package init() {}

    package static func + (a: KeptFiles, b: KeptFiles) -> KeptFiles {
        var sum = a
        sum.here.formUnion(b.here)
        sum.elsewhere.formUnion(b.elsewhere)
        return sum
    }
}
