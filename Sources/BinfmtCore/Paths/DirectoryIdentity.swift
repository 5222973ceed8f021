// SPDX-License-Identifier: Apache-2.0

/// Which directory is at a path.
package struct DirectoryIdentity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64

    package init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }

    /// - Parameter numbers: those of ``numbers``; others give nil.
    init?(_ numbers: [Int64]) {
        guard numbers.count == 2 else { return nil }
        self.init(device: UInt64(bitPattern: numbers[0]), inode: UInt64(bitPattern: numbers[1]))
    }

    /// For a file of TOML, whose integers have a sign.
    var numbers: [Int] { [Int(truncatingIfNeeded: device), Int(truncatingIfNeeded: inode)] }
}
