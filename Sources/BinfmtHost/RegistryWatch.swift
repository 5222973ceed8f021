// SPDX-License-Identifier: Apache-2.0
import CLinux
import SystemPackage

/// Tells when somebody has written to a registry, whoever and through whichever of its mounts.
package final class RegistryWatch {
    /// Called after a write; the argument tells whether the registry is no longer mounted.
    package var onChange: (_ isGone: Bool) -> Void = { _ in }

    private let loop: EventLoop
    private var source: EventSource?
    /// Why it cannot tell.
    package private(set) var failure: Errno?

    package init(_ loop: EventLoop) { self.loop = loop }

    /// Begins to watch, unless it does already.
    ///
    /// - Parameter path: where the registry is mounted.
    package func start(_ path: FilePath) {
        if source != nil { return }
        failure = nil
        do {
            // Every deed modifies some file. One who closes `register` may have been who kept the registry.
            source = try loop.watch(path, IN_MODIFY | IN_CLOSE_WRITE) { [unowned self] mask, _ in
                onChange(mask & UInt32(IN_UNMOUNT | IN_IGNORED) != 0)
            }
        } catch {
            failure = error
        }
    }

    /// Forgets a registry that is no longer mounted.
    package func stop() { source = nil }
}
