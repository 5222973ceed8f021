// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import CSystemd

/// Notifications to the service manager (sd_notify(3)), if there is one.
enum ServiceManager {
    /// Start-up, or a reload, has finished.
    ///
    /// - Returns: false if a service manager is waiting for that, and was not reached.
    static func ready(_ status: String) -> Bool { notify("READY=1\n\(line(status))") }

    /// The state of the entries in one line.
    static func status(_ status: String) { _ = notify(line(status)) }

    /// A reload has begun.
    static func reloading() {
        _ = notify("RELOADING=1\nMONOTONIC_USEC=\(Clock.monotonic().microseconds)")
    }

    static func stopping() { _ = notify("STOPPING=1\nSTATUS=Stopping; the entries stay registered") }

    private static func line(_ status: String) -> String { "STATUS=" + status.printable }

    private static func notify(_ state: String) -> Bool { sd_notify(0, state) >= 0 }
}
