// SPDX-License-Identifier: Apache-2.0

/// Identifies a file, so that one that replaced it is noticed (inode(7)).
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
    /// In bytes.
    package let size: Int64
    package let modified: FileTime

    package init(device: UInt64, inode: UInt64, size: Int64, modified: FileTime) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
    }
}
