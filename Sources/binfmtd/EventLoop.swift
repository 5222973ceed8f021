// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import CLinux
import CSystemd
import Glibc
import SystemPackage

/// sd-event(3): one thread, which sleeps until something happens.
final class EventLoop: FolderEvents {
    private let event: OpaquePointer
    /// The sources that last as long as the loop.
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

    /// Answers the service manager's watchdog as long as the loop turns, if it has one.
    func enableWatchdog() throws(Errno) { try Self.check(sd_event_set_watchdog(event, 1)) }

    /// Blocks a signal and runs `action` when it comes.
    func onSignal(_ signal: Int32, _ action: @escaping () -> Void) throws(Errno) {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, signal)
        let error = pthread_sigmask(SIG_BLOCK, &set, nil)
        if error != 0 { throw Errno(rawValue: error) }

        let handler = Handler(action)
        let source = try add(handler) { event, source, data in
            sd_event_add_signal(event, source, signal, { _, _, data in Handler.call(data, ()) }, data)
        }
        sources.append(source)
    }

    /// What runs `action` once, after everything that is waiting already, each time it is asked to.
    func onceIdle(_ action: @escaping () -> Void) throws(Errno) -> EventSource {
        let handler = Handler(action)
        let source = try add(handler) { event, source, data in
            sd_event_add_defer(event, source, { _, data in Handler.call(data, ()) }, data)
        }
        try Self.check(sd_event_source_set_priority(source.source, Int64(SD_EVENT_PRIORITY_IDLE)))
        try source.setEnabled(false)
        return source
    }

    /// What runs `action` once, some time after it was armed (``EventSource/arm(after:)``).
    func timer(_ action: @escaping () -> Void) throws(Errno) -> EventSource {
        let handler = Handler(action)
        let source = try add(handler) { event, source, data in
            // A tenth of a millisecond late is exact enough, and no reason to wake up twice.
            sd_event_add_time(event, source, CLOCK_MONOTONIC, .max, 100, { _, _, data in Handler.call(data, ()) }, data)
        }
        try source.setEnabled(false)
        return source
    }

    /// What tells of each change of the table of mounts (proc(5), mountinfo).
    func watchMounts(_ action: @escaping () -> Void) throws(Errno) -> EventSource {
        let file = try Errno.rethrowing {
            try FileDescriptor.open("/proc/self/mountinfo", .readOnly, options: [.closeOnExec])
        }
        let handler = Handler(action)
        do {
            return try add(handler, closing: file) { event, source, data in
                sd_event_add_io(
                    event, source, file.rawValue, UInt32(EPOLLPRI.rawValue),
                    { _, _, _, data in Handler.call(data, ()) }, data)
            }
        } catch {
            try? file.close()
            throw error
        }
    }

    func watch(
        _ folder: FilePath, _ mask: Int32, _ action: @escaping (UInt32, [UInt8]) -> Void
    ) throws(Errno) -> AnyObject {
        let handler = Handler<UnsafePointer<inotify_event>> { event in
            let name = UnsafeRawPointer(event.advanced(by: 1)).assumingMemoryBound(to: UInt8.self)
            let bytes = UnsafeBufferPointer(start: name, count: Int(event.pointee.len)).prefix { $0 != 0 }
            action(event.pointee.mask, Array(bytes))
        }
        return try add(handler) { event, source, data in
            sd_event_add_inotify(
                event, source, folder.string, UInt32(bitPattern: mask),
                { _, inotify, data in
                    guard let inotify else { return 0 }
                    return Handler<UnsafePointer<inotify_event>>.call(data, inotify)
                }, data)
        }
    }

    private func add<Argument>(
        _ handler: Handler<Argument>, closing file: FileDescriptor? = nil,
        _ make: (OpaquePointer, UnsafeMutablePointer<OpaquePointer?>, UnsafeMutableRawPointer) -> Int32
    ) throws(Errno) -> EventSource {
        var source: OpaquePointer?
        try Self.check(make(event, &source, Unmanaged.passUnretained(handler).toOpaque()))
        guard let source else { throw .noMemory }
        return EventSource(source, keeping: handler, closing: file)
    }

    /// libsystemd returns what errno would be, negative.
    fileprivate static func check(_ result: Int32) throws(Errno) {
        if result < 0 { throw Errno(rawValue: -result) }
    }
}

/// Something that the loop waits for, as long as this object is kept.
final class EventSource {
    fileprivate let source: OpaquePointer
    private let handler: AnyObject
    private let file: FileDescriptor?

    fileprivate init(_ source: OpaquePointer, keeping handler: AnyObject, closing file: FileDescriptor?) {
        self.source = source
        self.handler = handler
        self.file = file
    }

    deinit {
        sd_event_source_disable_unref(source)
        try? file?.close()
    }

    /// Makes a source that runs once run again.
    func setEnabled(_ isEnabled: Bool) throws(Errno) {
        try EventLoop.check(sd_event_source_set_enabled(source, Int32(isEnabled ? SD_EVENT_ONESHOT : SD_EVENT_OFF)))
    }
}

extension EventSource {
    /// Sets a timer.
    func arm(after delay: Duration) throws(Errno) {
        try EventLoop.check(sd_event_source_set_time(source, UInt64((Clock.monotonic() + delay).microseconds)))
        try setEnabled(true)
    }
}

/// A closure that C can hold.
private final class Handler<Argument> {
    private let action: (Argument) -> Void

    init(_ action: @escaping (Argument) -> Void) { self.action = action }

    /// - Parameter data: the handler, as it was given to sd-event, which calls it only while its source lives.
    static func call(_ data: UnsafeMutableRawPointer?, _ argument: Argument) -> Int32 {
        guard let data else { return 0 }
        let handler = Unmanaged<Handler<Argument>>.fromOpaque(data).takeUnretainedValue()
        // Its action may let go of its own source.
        withExtendedLifetime(handler) { handler.action(argument) }
        return 0
    }
}
