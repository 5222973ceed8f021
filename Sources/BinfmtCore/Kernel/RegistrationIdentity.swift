// SPDX-License-Identifier: Apache-2.0

/// Identifies one registration of an entry until the next boot: the inode number of its file, which the kernel counts up
/// (`get_next_ino` in fs/inode.c). The mtime does not identify it, because a shell's `echo 1 > FILE` changes it.
package struct RegistrationIdentity: Hashable, Sendable {
    package let inode: UInt64

    package init(inode: UInt64) { self.inode = inode }
}
