// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import CSystemd

/// Notifications to the service manager (sd_notify(3)), if there is one.
enum ServiceManager {
    /// Start-up, or a reload, has finished.
    static func ready(_ status: String) { notify("READY=1\n\(line(status))") }

    /// The state of the entries in one line.
    static func status(_ status: String) { notify(line(status)) }

    /// A reload has begun.
    static func reloading() {
        notify("RELOADING=1\nMONOTONIC_USEC=\(Clock.monotonic().microseconds)")
    }

    static func stopping() { notify("STOPPING=1\nSTATUS=Stopping; the entries stay registered") }

    private static func line(_ status: String) -> String { "STATUS=" + status.printable }

    private static func notify(_ state: String) { sd_notify(0, state) }
}
