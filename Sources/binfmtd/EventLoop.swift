// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import CLinux
import CSystemd
import Glibc
import SystemPackage

/// The event loop of sd-event(3): one thread, which sleeps until an event.
final class EventLoop: FolderEvents {
    private let event: OpaquePointer
    /// The sources that live as long as the loop.
    private var sources: [EventSource] = []

    /// - Throws: the errno of sd_event_new(3).
    init() throws(Errno) {
        var event: OpaquePointer?
        try Self.check(sd_event_new(&event))
        guard let event else { throw .noMemory }
        self.event = event
    }

    deinit {
        sources = []
        sd_event_unref(event)
    }

    /// Runs until ``exit()``.
    func run() throws(Errno) { try Self.check(sd_event_loop(event)) }

    func exit() { sd_event_exit(event, 0) }

    /// Answers the service manager's watchdog, if it has one, while the loop runs.
    func enableWatchdog() throws(Errno) { try Self.check(sd_event_set_watchdog(event, 1)) }

    /// Has signals wait for their handlers, so that none that comes early ends the process.
    static func block(_ signals: [Int32]) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Runs `action` when a signal arrives, which must be blocked.
    func onSignal(_ signal: Int32, _ action: @escaping () -> Void) throws(Errno) {
        let handler = Handler(action)
        let source = try add(handler) { event, source, data in
            sd_event_add_signal(event, source, signal, { _, _, data in Handler.call(data, ()) }, data)
        }
        sources.append(source)
    }

    /// A source that runs `action` once, after all pending events, each time it is enabled.
    func onceIdle(_ action: @escaping () -> Void) throws(Errno) -> EventSource {
        let handler = Handler(action)
        let source = try add(handler) { event, source, data in
            sd_event_add_defer(event, source, { _, data in Handler.call(data, ()) }, data)
        }
        try Self.check(sd_event_source_set_priority(source.source, Int64(SD_EVENT_PRIORITY_IDLE)))
        try source.setEnabled(false)
        return source
    }

    /// A source that runs `action` once, some time after it is armed (``EventSource/arm(after:)``).
    func timer(_ action: @escaping () -> Void) throws(Errno) -> EventSource {
        let handler = Handler(action)
        let source = try add(handler) { event, source, data in
            // An accuracy of 100 µs lets the kernel coalesce wake-ups.
            sd_event_add_time(event, source, CLOCK_MONOTONIC, .max, 100, { _, _, data in Handler.call(data, ()) }, data)
        }
        try source.setEnabled(false)
        return source
    }

    /// A source that runs `action` once when a descriptor is readable, each time it is enabled.
    ///
    /// - Parameter owner: an object that closes the descriptor; it lives as long as the source.
    func onReadable(
        _ descriptor: FileDescriptor, ownedBy owner: AnyObject, _ action: @escaping () -> Void
    ) throws(Errno) -> EventSource {
        let source = try onEvents(UInt32(EPOLLIN.rawValue), of: descriptor, ownedBy: owner, action)
        try source.setEnabled(true)
        return source
    }

    /// Runs `action` at each change of the mount table (proc(5), mountinfo), while the caller keeps the source.
    func watchMounts(_ action: @escaping () -> Void) throws(Errno) -> EventSource {
        let table = try MountTableFile()
        return try onEvents(UInt32(EPOLLPRI.rawValue), of: table.descriptor, ownedBy: table, action)
    }

    private func onEvents(
        _ events: UInt32, of descriptor: FileDescriptor, ownedBy owner: AnyObject, _ action: @escaping () -> Void
    ) throws(Errno) -> EventSource {
        let handler = Handler(action)
        return try add(handler, owner: owner) { event, source, data in
            sd_event_add_io(
                event, source, descriptor.rawValue, events, { _, _, _, data in Handler.call(data, ()) }, data)
        }
    }

    func watch(
        _ directory: FilePath, _ mask: Int32, _ action: @escaping (UInt32, [UInt8]) -> Void
    ) throws(Errno) -> AnyObject {
        let handler = Handler<UnsafePointer<inotify_event>> { event in
            let name = UnsafeRawPointer(event.advanced(by: 1)).assumingMemoryBound(to: UInt8.self)
            let bytes = UnsafeBufferPointer(start: name, count: Int(event.pointee.len)).prefix { $0 != 0 }
            action(event.pointee.mask, Array(bytes))
        }
        return try add(handler) { event, source, data in
            directory.withPlatformString { directory in
                sd_event_add_inotify(
                    event, source, directory, UInt32(bitPattern: mask),
                    { _, inotify, data in
                        guard let inotify else { return 0 }
                        return Handler<UnsafePointer<inotify_event>>.call(data, inotify)
                    }, data)
            }
        }
    }

    private func add<Argument>(
        _ handler: Handler<Argument>, owner: AnyObject? = nil,
        _ make: (OpaquePointer, UnsafeMutablePointer<OpaquePointer?>, UnsafeMutableRawPointer) -> Int32
    ) throws(Errno) -> EventSource {
        var source: OpaquePointer?
        try Self.check(make(event, &source, Unmanaged.passUnretained(handler).toOpaque()))
        guard let source else { throw .noMemory }
        return EventSource(source, keeping: handler, owner: owner)
    }

    /// Throws the errno that libsystemd returns as a negative number.
    static func check(_ result: Int32) throws(Errno) {
        if result < 0 { throw Errno(rawValue: -result) }
    }
}

/// A closure that C can hold. sd-event calls it only while its source lives, and the source keeps it.
private final class Handler<Argument> {
    private let action: (Argument) -> Void

    init(_ action: @escaping (Argument) -> Void) { self.action = action }

    /// - Parameter data: the handler that was passed to sd-event.
    static func call(_ data: UnsafeMutableRawPointer?, _ argument: Argument) -> Int32 {
        guard let data else { return 0 }
        let handler = Unmanaged<Handler<Argument>>.fromOpaque(data).takeUnretainedValue()
        // The action may release its own source.
        withExtendedLifetime(handler) { handler.action(argument) }
        return 0
    }
}

/// The open file /proc/self/mountinfo.
private final class MountTableFile {
    private let file: OwnedDescriptor

    var descriptor: FileDescriptor { file.descriptor }

    init() throws(Errno) { file = try OwnedDescriptor("/proc/self/mountinfo") }
}
