// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Where the pieces are on this host, chosen once at the start.
package struct HostPaths {
    package internal(set) var root: FilePath
    package internal(set) var registry: FilePath
    /// Whether to mount a registry where there is none.
    package internal(set) var mounts: Bool

    package init(root: FilePath = "/", registry: FilePath = KernelRegistry.standardPath, mounts: Bool = false) {
        self.root = root
        self.registry = registry
        self.mounts = mounts
    }

    /// Where configuration is found.
    package var configDirectories: ConfigDirectories { ConfigDirectories(root: root, safety: PathSafety()) }

    /// What the running kernel calls itself (uname(2)).
    static var kernelRelease: String {
        var names = utsname()
        guard uname(&names) == 0 else { return "" }
        return withUnsafeBytes(of: &names.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// Which Linux runs; nil for a release of another form.
    package static var kernel: KernelVersion? { KernelVersion(release: kernelRelease) }

    /// What outlives the daemon and goes with the kernel's table at a reboot.
    package var stateDirectory: FilePath { root.appending("run/binfmtd/state") }

    /// Where the daemon tells of itself.
    package var statusFile: StatusFile { StatusFile(path: stateDirectory.appending("status.toml")) }

    package func openRegistry() throws(RegistryUnavailable) -> KernelRegistry {
        do { return try KernelRegistry(at: registry) } catch .notMounted where mounts {
            try KernelRegistry.mount(at: registry)
            return try KernelRegistry(at: registry)
        }
    }

    /// Opens it to change it.
    ///
    /// - Throws: why there is none, or that another program keeps it.
    package func lockRegistry() throws(RegistryUnavailable) -> KernelRegistry {
        let opened = try openRegistry()
        try lock(opened)
        return opened
    }

    /// One program at a time may change it.
    func lock(_ opened: KernelRegistry) throws(RegistryUnavailable) {
        do { if try opened.lock() { return } } catch { throw .failed(registry, error) }
        throw .keptByAnother(registry)
    }

    /// - Throws: the errno of what kept it from being made.
    package func reconciler(
        beside status: DaemonStatus? = nil, _ openRegistry: @escaping () throws(RegistryUnavailable) -> any Registry
    ) throws(Errno) -> Reconciler {
        Reconciler(
            directories: configDirectories,
            ownershipFile: OwnershipFile(path: stateDirectory.appending("owned.toml")), probe: try NativeProbe(),
            beside: status, openRegistry: openRegistry)
    }
}
