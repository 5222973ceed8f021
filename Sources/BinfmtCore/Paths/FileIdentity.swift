// SPDX-License-Identifier: Apache-2.0

/// Identifies a file, so that one that replaced it is noticed (inode(7)).
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
    /// In bytes.
    package let size: Int64
    package let modified: FileTime
    /// When it was last changed, or put at its path: unlike `modified`, nobody can set it back. Nil where an older
    /// version noted the file.
    package let changed: FileTime?

    package init(device: UInt64, inode: UInt64, size: Int64, modified: FileTime, changed: FileTime? = nil) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }

    /// Whether both are the same file, as far as both say.
    package func isSame(as other: FileIdentity) -> Bool {
        device == other.device && inode == other.inode && size == other.size && modified == other.modified
            && (changed == other.changed || changed == nil || other.changed == nil)
    }
}
