// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// One event of an inotify(7) queue.
struct InotifyEvent {
    /// The watch descriptor.
    let watch: Int32
    let mask: UInt32
    /// The name of the file; empty for the directory itself.
    let name: [UInt8]

    /// In bytes: a buffer for several events, and the size of an event with the longest name (`NAME_MAX` and its NUL).
    private static let (bufferSize, longest) = (2048, 16 + 256)

    /// Takes all queued events, without blocking.
    ///
    /// - Parameter queue: a non-blocking descriptor.
    /// - Throws: the errno of read(2).
    static func readAll(from queue: FileDescriptor, _ action: (InotifyEvent) -> Void) throws(Errno) {
        var buffer = [UInt8](repeating: 0, count: bufferSize)
        while true {
            let count: Int
            do {
                count = try Errno.rethrowing { try buffer.withUnsafeMutableBytes { try queue.read(into: $0) } }
            } catch .resourceTemporarilyUnavailable { return }
            buffer.withUnsafeBytes { parse(UnsafeRawBufferPointer(rebasing: $0[..<count]), action) }
            // The queue is empty, because the kernel would have returned another event that fits.
            if count + longest <= bufferSize { return }
        }
    }

    private static func parse(_ bytes: UnsafeRawBufferPointer, _ action: (InotifyEvent) -> Void) {
        var position = 0
        while position + MemoryLayout<inotify_event>.size <= bytes.count {
            let event = bytes.loadUnaligned(fromByteOffset: position, as: inotify_event.self)
            position += MemoryLayout<inotify_event>.size
            let name = bytes[position..<position + Int(event.len)].prefix { $0 != 0 }
            position += Int(event.len)
            action(InotifyEvent(watch: event.wd, mask: event.mask, name: Array(name)))
        }
    }
}
