// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Opens and locks the registry for a daemon. While another program has the lock the descriptor stays open, because
/// closing it would be an event for both, and they would wake each other for ever.
package final class RegistryLock {
    private let paths: HostPaths
    private var waiting: KernelRegistry?
    /// The registry whose lock this process has; kept by whoever opened it.
    private weak var locked: KernelRegistry?

    package init(_ paths: HostPaths) { self.paths = paths }

    /// The registry that is open, locked or not.
    package var opened: KernelRegistry? { waiting ?? locked }

    /// Opens the registry, and holds its lock as long as the caller keeps what this returns.
    ///
    /// - Throws: why there is none, or that another program has its lock.
    package func open() throws(RegistryUnavailable) -> KernelRegistry {
        let registry = if let waiting = stillWaiting { waiting } else { try paths.openRegistry() }
        waiting = registry
        registry.watch()
        try paths.lock(registry)
        waiting = nil
        locked = registry
        return registry
    }

    /// The open registry, unless it was unmounted. What happened to it until now is forgotten, so that only what happens
    /// from now on is a reason to try again.
    private var stillWaiting: KernelRegistry? { waiting?.changes?.take() == .unmounted ? nil : waiting }
}
