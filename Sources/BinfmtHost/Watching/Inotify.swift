// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// What a command waits with until something happens in a folder. The daemon's sd-event(3) would do as well; but to load
/// libsystemd took each start of each command half a millisecond, a seventh of all (systemd 252).
package final class Inotify: FolderEvents {
    private let file: FileDescriptor
    /// By inotify's number; several where several paths lead to one folder.
    private var watches: [Int32: [Weak]] = [:]

    /// What the caller keeps.
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
        let file = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        if file < 0 { throw .last }
        self.file = FileDescriptor(rawValue: file)
    }

    deinit { try? file.close() }

    package func watch(
        _ folder: FilePath, _ mask: Int32, _ action: @escaping (UInt32, [UInt8]) -> Void
    ) throws(Errno) -> AnyObject {
        let mask = UInt32(bitPattern: mask)
        let number = folder.withPlatformString { inotify_add_watch(file.rawValue, $0, mask | UInt32(IN_MASK_ADD)) }
        if number < 0 { throw .last }
        let watch = Watch(self, number, mask, action)
        watches[number, default: []].append(Weak(watch: watch))
        return watch
    }

    private func end(_ number: Int32) {
        watches[number]?.removeAll { $0.watch == nil }
        guard watches[number]?.isEmpty == true else { return }
        watches[number] = nil
        inotify_rm_watch(file.rawValue, number)
    }

    /// Waits until something has happened, and calls the actions that it is for.
    ///
    /// - Parameter limit: how long at most.
    /// - Throws: the errno of poll(2) or read(2).
    package func wait(_ limit: Duration) throws(Errno) {
        var waiting = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
        switch poll(&waiting, 1, Int32(clamping: limit.milliseconds + 1)) {
        case 0: return
        case -1:
            guard Errno.last == .interrupted else { throw .last }
            return
        default: break
        }
        // Room for one event at least: a name has 255 bytes.
        let events = try Errno.rethrowing {
            try [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        events.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while rest.count >= MemoryLayout<inotify_event>.size {
                let event = UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(as: inotify_event.self)
                rest = rest.dropFirst(MemoryLayout<inotify_event>.size)
                handle(event, Array(rest.prefix(Int(event.len)).prefix { $0 != 0 }))
                rest = rest.dropFirst(Int(event.len))
            }
        }
    }

    private func handle(_ event: inotify_event, _ name: [UInt8]) {
        // The kernel tells these unasked.
        let always = UInt32(IN_IGNORED | IN_UNMOUNT | IN_Q_OVERFLOW)
        let isAll = event.mask & UInt32(IN_Q_OVERFLOW) != 0
        let concerned = isAll ? watches.values.flatMap(\.self) : watches[event.wd] ?? []
        if event.mask & UInt32(IN_IGNORED) != 0 { watches[event.wd] = nil }
        // An action may let go of any watch.
        for watch in concerned {
            guard let watch = watch.watch, event.mask & (watch.mask | always) != 0 else { continue }
            watch.action(event.mask, name)
        }
    }
}
