// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// One thing in which the kernel's entry differs from the declared one.
package enum EntryDifference: Hashable, Sendable {
    case interpreter(FilePath, wanted: FilePath)
    case flags(EntryFlags, wanted: EntryFlags)
    case recognition(Recognition, wanted: Recognition)
    /// The kernel's text has these flags and lines, which this version does not know.
    case unknownFeatures(String)
    case malformed(EntryStatus.Malformed)
}
