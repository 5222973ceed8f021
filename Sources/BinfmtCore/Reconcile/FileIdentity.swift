// SPDX-License-Identifier: Apache-2.0

/// A moment as the file system keeps it: seconds and nanoseconds since 1970.
package struct FileTime: Hashable, Sendable {
    package let seconds: Int64
    package let nanoseconds: Int64

    package init(seconds: Int64, nanoseconds: Int64) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }
}

/// What tells one file from the one that took its place (inode(7)).
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

/// What tells one registration of an entry from the next, until the next boot: its file's inode number, which the kernel
/// counts up (`get_next_ino` in fs/inode.c). Its mtime would not do: who writes `1` to it by a shell's `>` sets it anew.
package struct RegistrationIdentity: Hashable, Sendable {
    package let inode: UInt64

    package init(inode: UInt64) { self.inode = inode }
}
