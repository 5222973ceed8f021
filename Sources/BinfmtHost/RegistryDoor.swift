// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Where a daemon waits for its turn with the registry. What it waits with stays open: to open and close it at each try
/// would wake up whoever watches it, the one that has the lock and this one, without an end.
package final class RegistryDoor {
    private let installation: Installation
    private let watch: RegistryWatch
    private var waiting: KernelRegistry?

    package init(_ installation: Installation, _ watch: RegistryWatch) {
        self.installation = installation
        self.watch = watch
    }

    /// Opens the registry, and keeps the lock as long as what it returns is kept.
    ///
    /// - Throws: why there is none, or whose turn it is.
    package func open() throws(RegistryUnavailable) -> KernelRegistry {
        let registry = if let waiting { waiting } else { try installation.openRegistry() }
        watch.start(installation.registry)
        waiting = registry
        try installation.lock(registry)
        waiting = nil
        return registry
    }

    /// Forgets a registry that is no longer mounted.
    package func forget() {
        waiting = nil
        watch.stop()
    }
}
