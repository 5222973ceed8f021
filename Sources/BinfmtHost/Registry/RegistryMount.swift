// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// The registry of a program that ends after it has changed the table, as a container's entry point does.
///
/// Where binfmt_misc was not mounted, this mounts it. Such a mount ends with the container, and since Linux 6.7, and
/// with Debian's 6.1, the last mount of an instance takes its entries with it.
package final class RegistryMount {
    private let path: FilePath
    /// Nil after ``keepsEntries()`` has unmounted it.
    private var opened: KernelRegistry?
    /// Whether this has mounted it.
    package let isOwn: Bool

    /// - Parameter path: the mount point.
    package init(at path: FilePath) throws(RegistryUnavailable) {
        self.path = path
        do {
            opened = try KernelRegistry(at: path)
            isOwn = false
        } catch .notMounted {
            try KernelRegistry.mount(at: path)
            opened = try KernelRegistry(at: path)
            isOwn = true
        }
    }

    package func registry() throws(RegistryUnavailable) -> KernelRegistry {
        if let opened { return opened }
        let opened = try KernelRegistry(at: path)
        self.opened = opened
        return opened
    }

    /// Whether the entries outlive this mount: only an unmount tells. Afterwards binfmt_misc is mounted again.
    package func keepsEntries() throws(RegistryUnavailable) -> Bool {
        if !isOwn { return true }
        let before = try registry().observe()
        if before.entries.isEmpty { return true }
        opened = nil
        if path.withPlatformString({ umount2($0, Int32(UMOUNT_NOFOLLOW)) }) != 0 { throw .failed(path, .last) }
        try KernelRegistry.mount(at: path)
        return try !registry().observe().entries.isEmpty
    }
}
