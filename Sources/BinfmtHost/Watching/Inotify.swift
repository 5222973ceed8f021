// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// The event source of a command that waits for changes in directories. The daemon's sd-event(3) would do as well, but
/// loading libsystemd would add half a millisecond to the start of every command (systemd 252).
package final class Inotify: FolderEvents {
    private let queue: OwnedDescriptor
    /// Watches by watch descriptor; several if several paths lead to one directory.
    private var watches: [Int32: [Weak]] = [:]

    /// The object that the caller keeps.
    private final class Watch {
        let number: Int32
        let mask: UInt32
        let action: (UInt32, [UInt8]) -> Void
        private let inotify: Inotify

        init(_ inotify: Inotify, _ number: Int32, _ mask: UInt32, _ action: @escaping (UInt32, [UInt8]) -> Void) {
            self.inotify = inotify
            self.number = number
            self.mask = mask
            self.action = action
        }

        deinit { inotify.end(number) }
    }

    private struct Weak {
        weak var watch: Watch?
    }

    /// - Throws: the errno of inotify_init1(2).
    package init() throws(Errno) {
        queue = try OwnedDescriptor(checking: inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK)))
    }

    package func watch(
        _ directory: FilePath, _ mask: Int32, _ action: @escaping (UInt32, [UInt8]) -> Void
    ) throws(Errno) -> AnyObject {
        let mask = UInt32(bitPattern: mask)
        let number = directory.withPlatformString { inotify_add_watch(queue.rawValue, $0, mask | UInt32(IN_MASK_ADD)) }
        if number < 0 { throw .last }
        let watch = Watch(self, number, mask, action)
        watches[number, default: []].append(Weak(watch: watch))
        return watch
    }

    private func end(_ number: Int32) {
        watches[number]?.removeAll { $0.watch == nil }
        guard watches[number]?.isEmpty == true else { return }
        watches[number] = nil
        inotify_rm_watch(queue.rawValue, number)
    }

    /// Readable when there are events.
    package var descriptor: FileDescriptor { queue.descriptor }

    /// Calls the actions of the watches for all events so far.
    ///
    /// - Throws: the errno of read(2).
    package func handleEvents() throws(Errno) { try InotifyEvent.readAll(from: queue.descriptor, handle) }

    private func handle(_ event: InotifyEvent) {
        // The kernel reports these even if they are not in the mask.
        let always = UInt32(IN_IGNORED | IN_UNMOUNT | IN_Q_OVERFLOW)
        let isAll = event.mask & UInt32(IN_Q_OVERFLOW) != 0
        let concerned = isAll ? watches.values.flatMap(\.self) : watches[event.watch] ?? []
        if event.mask & UInt32(IN_IGNORED) != 0 { watches[event.watch] = nil }
        // An action may drop any watch, so that each is checked again.
        for watch in concerned {
            guard let watch = watch.watch, event.mask & (watch.mask | always) != 0 else { continue }
            watch.action(event.mask, event.name)
        }
    }
}
