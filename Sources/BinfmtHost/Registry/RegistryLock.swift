// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Where a daemon waits for its turn with the registry. What it waits with stays open: to open and close it at each try
/// would wake up whoever watches it, the one that has the lock and this one, without an end.
package final class RegistryLock {
    /// Called after each change of the registry; the argument tells whether it is no longer mounted.
    package var onChange: (_ isGone: Bool) -> Void = { _ in }

    private let hostPaths: HostPaths
    private let watch: RegistryWatch
    private var waiting: KernelRegistry?
    /// Whoever keeps it keeps the lock.
    private weak var opened: KernelRegistry?

    package init(_ hostPaths: HostPaths, _ events: any FolderEvents) {
        self.hostPaths = hostPaths
        watch = RegistryWatch(events)
        watch.onEvent = { [unowned self] event in handle(event) }
    }

    /// Why changes are not seen.
    package var watchFailure: Errno? { watch.failure }

    /// Opens the registry, and keeps the lock as long as what it returns is kept.
    ///
    /// - Throws: why there is none, or whose turn it is.
    package func open() throws(RegistryUnavailable) -> KernelRegistry {
        let registry = if let waiting { waiting } else { try hostPaths.openRegistry() }
        watch.start(hostPaths.registry)
        waiting = registry
        try hostPaths.lock(registry)
        waiting = nil
        opened = registry
        if watch.failure == nil { registry.remember() }
        return registry
    }

    /// Watches the registry if that has failed so far.
    ///
    /// - Returns: whether it succeeded now; then something may have changed unseen.
    package func watchAgain() -> Bool {
        guard let opened, watch.failure != nil else { return false }
        watch.start(hostPaths.registry)
        guard watch.failure == nil else { return false }
        opened.remember()
        return true
    }

    private func handle(_ event: RegistryWatch.Event) {
        switch event {
        case .written(let file):
            opened?.forget(file)
            onChange(false)
        case .gone:
            waiting = nil
            watch.stop()
            onChange(true)
        }
    }
}
