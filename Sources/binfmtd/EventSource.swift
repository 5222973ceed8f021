// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import CSystemd
import SystemPackage

/// An event source of the loop, active while this object is kept.
final class EventSource {
    let source: OpaquePointer
    /// The handler that sd-event calls.
    private let handler: AnyObject
    /// The object that closes the descriptor.
    private let owner: AnyObject?

    init(_ source: OpaquePointer, keeping handler: AnyObject, owner: AnyObject?) {
        self.source = source
        self.handler = handler
        self.owner = owner
    }

    deinit { sd_event_source_disable_unref(source) }

    /// Enables a source, which runs once each time, or disables it.
    func setEnabled(_ isEnabled: Bool) throws(Errno) {
        try EventLoop.check(sd_event_source_set_enabled(source, Int32(isEnabled ? SD_EVENT_ONESHOT : SD_EVENT_OFF)))
    }

    /// Sets a timer.
    func arm(after delay: Duration) throws(Errno) {
        try EventLoop.check(sd_event_source_set_time(source, UInt64((Clock.monotonic() + delay).microseconds)))
        try setEnabled(true)
    }
}
