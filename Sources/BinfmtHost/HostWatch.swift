// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Waits until something holds of a host; looks again whenever the registry, a file or what the daemon says of itself has
/// changed.
package final class HostWatch {
    private let loop: EventLoop
    private let registry: RegistryWatch
    private var files: FolderWatch?
    private var deadline: EventSource?
    private let installation: Installation
    private var hasHeld = false

    /// - Throws: the errno of what cannot be watched.
    package init(_ installation: Installation) throws(Errno) {
        self.installation = installation
        loop = try EventLoop()
        registry = RegistryWatch(loop)
    }

    /// May be called once.
    ///
    /// - Parameters:
    ///   - limit: how long at most.
    ///   - paths: what else has to be watched.
    /// - Returns: whether it holds.
    /// - Throws: the errno of what cannot be watched.
    package func wait(
        _ limit: Duration, watching paths: Set<FilePath> = [], until condition: @escaping () -> Bool
    ) throws(Errno) -> Bool {
        func look() {
            if !hasHeld, condition() {
                hasHeld = true
                loop.exit()
            }
        }
        registry.onEvent = { _ in look() }
        registry.start(installation.registry)
        let watched = paths.union(installation.configDirectories.watched).union([installation.statusFile.path])
        let files = FolderWatch(loop) { [unowned self] in
            // What stands at a path may lead elsewhere now.
            _ = try? self.files?.watch(watched)
            look()
        }
        self.files = files
        _ = try files.watch(watched)
        deadline = try loop.timer { [unowned self] in loop.exit() }
        try deadline?.arm(after: limit)
        look()
        if !hasHeld { try loop.run() }
        return hasHeld
    }
}
