// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The paths on this host, chosen once at the start.
package struct HostPaths: Sendable {
    /// The prefix of the configuration and state directories.
    package internal(set) var root: FilePath
    /// The mount point of binfmt_misc.
    package internal(set) var registry: FilePath
    /// Whether to mount a registry if none is mounted.
    package internal(set) var mounts: Bool
    /// Whether configuration files are used that others than root could have written.
    package internal(set) var trustsConfiguration: Bool

    /// The usual mount point of binfmt_misc.
    package static let standardRegistry: FilePath = "/proc/sys/fs/binfmt_misc"

    package init(
        root: FilePath = "/", registry: FilePath = standardRegistry, mounts: Bool = false,
        trustsConfiguration: Bool = false
    ) {
        self.root = root
        self.registry = registry
        self.mounts = mounts
        self.trustsConfiguration = trustsConfiguration
    }

    /// The options of a command line that choose these paths.
    package var arguments: [String] {
        ["--root=\(root)", "--registry=\(registry)"] + (mounts ? ["--mount"] : [])
            + (trustsConfiguration ? ["--trust-configuration"] : [])
    }

    /// The directory of state that outlives the daemon, and disappears at a reboot like the kernel's table.
    package var stateDirectory: FilePath { root.appending("run/binfmtd/state") }
}
