// SPDX-License-Identifier: Apache-2.0

/// Opens and locks the registry for a daemon. While another program has the lock, the descriptor stays open, because
/// closing it would raise an event in both daemons and make them wake each other for ever.
package final class RegistryLock {
    private let paths: HostPaths
    private var waiting: KernelRegistry?
    /// The registry whose lock this process has; its user keeps it alive.
    private weak var locked: KernelRegistry?

    package init(_ paths: HostPaths) { self.paths = paths }

    /// The registry that is open, locked or not.
    package var opened: KernelRegistry? { waiting ?? locked }

    /// Opens and locks the registry. The lock lasts as long as the caller keeps the returned object.
    ///
    /// - Throws: the reason why there is none, or that another program has its lock.
    package func open() throws(RegistryUnavailable) -> KernelRegistry {
        let registry = if let waiting = stillWaiting { waiting } else { try paths.openRegistry() }
        waiting = registry
        registry.watch()
        try paths.lock(registry)
        waiting = nil
        locked = registry
        return registry
    }

    /// The open registry, unless it was unmounted. Queued events are dropped, so that only later ones are a reason to
    /// try again.
    private var stillWaiting: KernelRegistry? { waiting?.changes?.take() == .unmounted ? nil : waiting }
}
