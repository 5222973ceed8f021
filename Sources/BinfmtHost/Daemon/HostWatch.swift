// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import SystemPackage

/// Notices that the status of the host may have changed: a write to the registry, a change of a configuration file, of an
/// interpreter or of the daemon's status file, or the end of the daemon.
package final class HostWatch {
    private let events: Inotify
    private let paths: HostPaths
    private var directories: ConfigDirectories
    private var files: FolderWatch?
    private var registry: AnyObject?
    private var daemon: DaemonProcess?
    /// The daemon at the last ``watch(_:)``; nil if none ran.
    private var process: Int32?
    private var hasChanged = false

    /// A descriptor that is readable once the daemon has ended. Killed, it leaves its status file as it was.
    private final class DaemonProcess {
        let descriptor: OwnedDescriptor

        init(_ number: Int32) throws(Errno) {
            descriptor = try OwnedDescriptor(checking: binfmt_open_process(number))
        }
    }

    /// - Throws: the errno of inotify(7).
    package init(_ paths: HostPaths) throws(Errno) {
        self.paths = paths
        directories = paths.configDirectories(beside: nil)
        events = try Inotify()
        files = FolderWatch(events) { [unowned self] in hasChanged = true }
    }

    /// Watches the host as it is now: a path may lead to other directories than before, and the registry or the daemon
    /// may be another one.
    ///
    /// - Parameter others: further files to watch.
    /// - Throws: the errno of inotify(7).
    package func watch(_ others: [FilePath] = []) throws(Errno) {
        // Without IN_CLOSE_WRITE: to read the status may take a question to the kernel, a write that it rejects. That
        // raises no IN_MODIFY, but its close(2) would be an event.
        registry = try? events.watch(paths.registry, IN_MODIFY | IN_DELETE) { [unowned self] _, _ in
            hasChanged = true
        }
        let process = paths.daemon?.process
        // A daemon that started or ended after the caller's look raises no event.
        if process != self.process {
            hasChanged = true
            self.process = process
            daemon = nil
        }
        if daemon == nil {
            do { daemon = try process.map(DaemonProcess.init) } catch {
                if error == .noSuchProcess { hasChanged = true }
            }
        }
        let resolver = PathResolver()
        let resolved = directories.read(resolver).paths + (others + [paths.statusFile.path]).map(resolver.resolve)
        // What changed in a new directory before it was watched raises no event.
        if try files?.watch(PathDependencies(of: resolved)) == true { hasChanged = true }
    }

    /// The descriptors that are readable when something may have changed.
    package var items: [Poll.Item] {
        [Poll.Item(events.descriptor)] + (daemon.map { [Poll.Item($0.descriptor.descriptor)] } ?? [])
    }

    /// Whether something may have changed since the last call.
    ///
    /// - Throws: the errno of read(2).
    package func takeChange() throws(Errno) -> Bool {
        try events.handleEvents()
        if let daemon, try Poll.wait([Poll.Item(daemon.descriptor.descriptor)], .zero) != [[]] {
            self.daemon = nil
            hasChanged = true
        }
        defer { hasChanged = false }
        return hasChanged
    }

    /// Waits until a condition becomes true, re-evaluating it after each change.
    ///
    /// - Parameters:
    ///   - limit: how long to wait.
    ///   - others: further files to watch.
    /// - Returns: whether the condition became true.
    /// - Throws: the errno of inotify(7) or poll(2).
    package func wait(
        _ limit: Duration, watching others: [FilePath] = [], until condition: () -> Bool
    ) throws(Errno) -> Bool {
        let end = Clock.monotonic() + limit
        try watch(others)
        _ = try takeChange()
        while !condition() {
            while try !takeChange() {
                let rest = end - Clock.monotonic()
                if rest <= .zero { return false }
                _ = try Poll.wait(items, rest)
            }
            if Clock.monotonic() >= end { return false }
            try? watch(others)
        }
        return true
    }
}
