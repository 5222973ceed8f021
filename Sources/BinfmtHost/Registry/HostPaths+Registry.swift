// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension HostPaths {
    /// Opens the registry, and mounts it first if it is not mounted and `--mount` was given.
    package func openRegistry() throws(RegistryUnavailable) -> KernelRegistry {
        mounts ? try RegistryMount(at: registry).registry() : try KernelRegistry(at: registry)
    }

    /// Opens the registry to change it.
    ///
    /// - Throws: the reason why there is none, or that another program has its lock.
    package func lockRegistry() throws(RegistryUnavailable) -> KernelRegistry {
        let opened = try openRegistry()
        try lock(opened)
        return opened
    }

    /// Takes the lock, because only one program at a time may change the registry.
    func lock(_ opened: KernelRegistry) throws(RegistryUnavailable) {
        do { if try opened.lock() { return } } catch { throw .failed(registry, error) }
        throw .keptByAnother(registry)
    }
}
