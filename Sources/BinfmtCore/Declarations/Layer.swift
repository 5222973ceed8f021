// SPDX-License-Identifier: Apache-2.0

/// Where a declaration comes from; a higher layer hides a lower one's entry of the same name.
package enum Layer: Int, Comparable, Sendable {
    /// A `[qemu]` whose `targets` is a word.
    case offer
    /// Debian's /usr/share/binfmts.
    case binfmts
    /// The binfmt.d(5) directories.
    case binfmtD
    /// A `[qemu]` that lists its targets.
    case qemuList
    /// An `[entry.NAME]`.
    case entry

    package static func < (a: Layer, b: Layer) -> Bool { a.rawValue < b.rawValue }
}
