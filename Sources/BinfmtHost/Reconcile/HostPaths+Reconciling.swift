// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension HostPaths {
    /// The directories with the configuration.
    package var configDirectories: ConfigDirectories { ConfigDirectories(root: root) }

    /// A reconciler for this host.
    ///
    /// - Throws: the errno of reading /proc/self/exe.
    package func reconciler(
        beside status: DaemonStatus? = nil, _ openRegistry: @escaping () throws(RegistryUnavailable) -> any Registry
    ) throws(Errno) -> Reconciler {
        Reconciler(
            directories: configDirectories,
            ownershipFile: OwnershipFile(path: stateDirectory.appending("owned.toml")), probe: try NativeProbe(),
            beside: status, openRegistry: openRegistry)
    }
}
