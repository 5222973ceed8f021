// SPDX-License-Identifier: Apache-2.0

/// What tells one registration of an entry from the next, until the next boot: its file's inode number, which the kernel
/// counts up (`get_next_ino` in fs/inode.c). Its mtime would not do: who writes `1` to it by a shell's `>` sets it anew.
package struct RegistrationIdentity: Hashable, Sendable {
    package let inode: UInt64

    package init(inode: UInt64) { self.inode = inode }
}
