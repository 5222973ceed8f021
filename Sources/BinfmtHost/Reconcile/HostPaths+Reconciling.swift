// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension HostPaths {
    /// The directories with the configuration.
    ///
    /// - Parameter status: the status of a running daemon, for a process beside it.
    package func configDirectories(beside status: DaemonStatus?) -> ConfigDirectories {
        ConfigDirectories(
            root: root, trust: trustsConfiguration ? .anyUser : .rootOnly, keptByDaemon: status?.kept ?? [])
    }

    /// A reconciler for this host.
    ///
    /// - Parameters:
    ///   - status: the status of a running daemon, for a reconciler that only looks.
    ///   - preview: files that are not saved yet, for a reconciler that only looks.
    /// - Throws: ENOEXEC if QEMU does not know the format of this program.
    package func reconciler(
        beside status: DaemonStatus? = nil, previewing preview: ConfigPreview = ConfigPreview(),
        _ openRegistry: @escaping () throws(RegistryUnavailable) -> any Registry
    ) throws(Errno) -> Reconciler {
        Reconciler(
            directories: configDirectories(beside: status),
            ownershipFile: OwnershipFile(path: stateDirectory.appending("owned.toml")), probe: try NativeProbe(),
            beside: status, previewing: preview, openRegistry: openRegistry)
    }
}
