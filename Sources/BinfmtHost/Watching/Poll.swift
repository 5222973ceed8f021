// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// Waiting for several descriptors at once (poll(2)).
package enum Poll {
    package struct Events: OptionSet, Sendable {
        package let rawValue: Int16

        package init(rawValue: Int16) { self.rawValue = rawValue }

        package static let readable = Events(rawValue: Int16(POLLIN))
        package static let writable = Events(rawValue: Int16(POLLOUT))
        /// The other end is closed. It is always waited for.
        package static let ended = Events(rawValue: Int16(POLLERR | POLLHUP))
    }

    package struct Item {
        let descriptor: FileDescriptor
        let events: Events

        package init(_ descriptor: FileDescriptor, _ events: Events = .readable) {
            self.descriptor = descriptor
            self.events = events
        }
    }

    /// - Parameter limit: how long to wait, rounded up to milliseconds; without an end if nil.
    /// - Returns: what is true of each descriptor; of none if the time is over or a signal came.
    /// - Throws: the errno of poll(2).
    package static func wait(_ items: [Item], _ limit: Duration?) throws(Errno) -> [Events] {
        var waiting = items.map { pollfd(fd: $0.descriptor.rawValue, events: $0.events.rawValue, revents: 0) }
        let limit = limit.map { $0 <= .zero ? 0 : Int32(clamping: $0.milliseconds + 1) } ?? -1
        let count = poll(&waiting, nfds_t(waiting.count), limit)
        if count < 0, Errno.last != .interrupted { throw .last }
        return waiting.map { Events(rawValue: count < 0 ? 0 : $0.revents) }
    }
}
