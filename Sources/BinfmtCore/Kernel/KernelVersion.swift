// SPDX-License-Identifier: Apache-2.0

/// The version of Linux, from the release that uname(2) gives ("6.1.0-49-amd64").
package struct KernelVersion: Comparable, Hashable, Sendable, CustomStringConvertible {
    package let major: Int
    package let minor: Int

    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// - Returns: nil for a release that does not begin with two numbers.
    package init?(release: String) {
        let numbers = release.split(separator: ".", maxSplits: 2).prefix(2).map { $0.prefix { $0.isNumber } }
        guard numbers.count == 2, let major = Int(numbers[0]), let minor = Int(numbers[1]) else { return nil }
        self.init(major, minor)
    }

    /// The first with the flag `F` (commit 948b701a607f).
    package static let fixBinary = KernelVersion(4, 8)
    /// The first that gives each user namespace a registry of its own (commit 21ca59b365c0).
    package static let instances = KernelVersion(6, 7)

    /// The first with the flags `T`, `L` and `D`, with entries of type `B`, and with unlink(2) of an entry.
    package static let transparent = KernelVersion(7, 3)

    package static func < (a: KernelVersion, b: KernelVersion) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

    package var description: String { "\(major).\(minor)" }
}
