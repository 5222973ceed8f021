// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Waits until something holds of a host; looks again whenever the registry, a file or what the daemon says of itself has
/// changed.
package final class HostWatch {
    private let events: Inotify
    private let registry: RegistryWatch
    private var files: FolderWatch?
    private let hostPaths: HostPaths
    private var hasHeld = false

    /// - Throws: the errno of what cannot be watched.
    package init(_ hostPaths: HostPaths) throws(Errno) {
        self.hostPaths = hostPaths
        events = try Inotify()
        registry = RegistryWatch(events)
    }

    /// May be called once.
    ///
    /// - Parameters:
    ///   - limit: how long at most.
    ///   - paths: what else has to be watched.
    /// - Returns: whether it holds.
    /// - Throws: the errno of what cannot be watched.
    package func wait(
        _ limit: Duration, watching paths: [FilePath] = [], until condition: @escaping () -> Bool
    ) throws(Errno) -> Bool {
        func look() { hasHeld = hasHeld || condition() }
        let end = Clock.monotonic() + limit
        registry.onEvent = { _ in look() }
        registry.start(hostPaths.registry)
        let watched = paths + hostPaths.configDirectories.watched + [hostPaths.statusFile.path]
        let files = FolderWatch(events) { [unowned self] _ in
            // What stands at a path may lead elsewhere now.
            _ = try? self.files?.watch(watched)
            look()
        }
        self.files = files
        _ = try files.watch(watched)
        look()
        while !hasHeld, case let rest = end - Clock.monotonic(), rest > .zero { try events.wait(rest) }
        return hasHeld
    }
}
