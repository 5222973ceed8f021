// SPDX-License-Identifier: Apache-2.0
import CLinux
import SystemPackage

/// Tells when somebody has written to a registry, whoever and through whichever of its mounts.
package final class RegistryWatch {
    package enum Event {
        /// Somebody wrote to a file of the registry; nil where it is not known to which.
        case written([UInt8]?)
        /// It is no longer mounted.
        case gone
    }

    /// Called after each of them.
    package var onEvent: (Event) -> Void = { _ in }

    private let events: any FolderEvents
    private var source: AnyObject?
    /// Why it cannot tell.
    package private(set) var failure: Errno?

    package init(_ events: any FolderEvents) { self.events = events }

    /// Begins to watch, unless it does already.
    ///
    /// - Parameter path: where the registry is mounted.
    package func start(_ path: FilePath) {
        if source != nil { return }
        failure = nil
        do {
            // Every deed modifies some file. One who closes `register` may have been who kept the registry.
            source = try events.watch(path, IN_MODIFY | IN_CLOSE_WRITE) { [unowned self] mask, name in
                let isGone = mask & UInt32(IN_UNMOUNT | IN_IGNORED) != 0
                // A queue that ran over has lost names.
                onEvent(isGone ? .gone : .written(name.isEmpty ? nil : name))
            }
        } catch {
            failure = error
        }
    }

    /// Forgets a registry that is no longer mounted.
    package func stop() { source = nil }
}
