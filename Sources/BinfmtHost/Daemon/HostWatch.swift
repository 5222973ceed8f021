// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import SystemPackage

/// Waits until a condition becomes true, re-evaluating it after each event: a write to the registry, or a change of a
/// configuration file or of the daemon's status file.
package final class HostWatch {
    private let events: Inotify
    private let paths: HostPaths
    private var files: FolderWatch?
    private var registry: AnyObject?
    private var hasHeld = false

    /// - Throws: the errno of inotify(7).
    package init(_ paths: HostPaths) throws(Errno) {
        self.paths = paths
        events = try Inotify()
    }

    /// May be called once.
    ///
    /// - Parameters:
    ///   - limit: how long to wait.
    ///   - others: further files to watch.
    /// - Returns: whether the condition became true.
    /// - Throws: the errno of inotify(7).
    package func wait(
        _ limit: Duration, watching others: [FilePath] = [], until condition: @escaping () -> Bool
    ) throws(Errno) -> Bool {
        let end = Clock.monotonic() + limit
        files = FolderWatch(events) { [unowned self] in look(condition, others) }
        registry = try? events.watch(paths.registry, IN_MODIFY | IN_CLOSE_WRITE) { [unowned self] _, _ in
            look(condition, others)
        }
        try watch(others)
        look(condition, others)
        while !hasHeld, case let rest = end - Clock.monotonic(), rest > .zero { try events.wait(rest) }
        return hasHeld
    }

    private func look(_ condition: () -> Bool, _ others: [FilePath]) {
        // The paths may resolve to other directories now.
        try? watch(others)
        hasHeld = hasHeld || condition()
    }

    private func watch(_ others: [FilePath]) throws(Errno) {
        var directories = paths.configDirectories(beside: nil)
        let resolver = PathResolver()
        let resolved = directories.read(resolver).paths + (others + [paths.statusFile.path]).map(resolver.resolve)
        _ = try files?.watch(PathDependencies(of: resolved))
    }
}
