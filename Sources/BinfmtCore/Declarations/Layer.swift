// SPDX-License-Identifier: Apache-2.0

/// The source of a declaration. A higher layer hides an entry of the same name in a lower one.
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
