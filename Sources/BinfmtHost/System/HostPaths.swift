// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Where the pieces are on this host, chosen once at the start.
package struct HostPaths: Sendable {
    /// The prefix of the configuration and state directories.
    package internal(set) var root: FilePath
    /// Where binfmt_misc is mounted.
    package internal(set) var registry: FilePath
    /// Whether to mount a registry where there is none.
    package internal(set) var mounts: Bool

    /// Where a host mounts binfmt_misc.
    package static let standardRegistry: FilePath = "/proc/sys/fs/binfmt_misc"

    package init(root: FilePath = "/", registry: FilePath = standardRegistry, mounts: Bool = false) {
        self.root = root
        self.registry = registry
        self.mounts = mounts
    }

    /// What outlives the daemon and goes with the kernel's table at a reboot.
    package var stateDirectory: FilePath { root.appending("run/binfmtd/state") }
}
