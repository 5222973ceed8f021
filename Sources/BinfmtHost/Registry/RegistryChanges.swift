// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// The writes to a registry since the last call, by any program and through any of its mounts (inotify(7)).
///
/// The kernel queues the events until they are taken, so that no change is missed, however late they are read. The
/// descriptor is readable while the queue is not empty.
package final class RegistryChanges {
    package enum Answer: Equatable {
        /// Only these files; none, if the set is empty.
        case files(Set<[UInt8]>)
        /// Perhaps every file: the kernel's queue overflowed.
        case all
        /// The registry was unmounted.
        case unmounted
    }

    private let queue: OwnedDescriptor

    /// - Parameter path: the registry's mount point.
    /// - Throws: the errno of inotify_init1(2) or inotify_add_watch(2).
    init(of path: FilePath) throws(Errno) {
        queue = try OwnedDescriptor(checking: inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK)))
        // Each write modifies some file. A program that closes `register` may have held its lock. Of an entry that unlink(2)
        // removed, Linux 7.3 tells nothing else than that its file was deleted.
        let mask = UInt32(IN_MODIFY | IN_CLOSE_WRITE | IN_DELETE | IN_ONLYDIR)
        let added = path.withPlatformString { inotify_add_watch(queue.rawValue, $0, mask) }
        if added < 0 { throw .last }
    }

    package var descriptor: FileDescriptor { queue.descriptor }

    /// Takes the queued events, so that the next call reports only later ones.
    func take() -> Answer {
        var files: Set<[UInt8]> = []
        var answer: Answer?
        do {
            try InotifyEvent.readAll(from: descriptor) { event in
                if event.mask & UInt32(IN_UNMOUNT | IN_IGNORED) != 0 { answer = .unmounted }
                if event.mask & UInt32(IN_Q_OVERFLOW) != 0, answer == nil { answer = .all }
                files.insert(event.name)
            }
        } catch { return .all }
        return answer ?? .files(files)
    }
}
