// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import CSystemd

/// What the service manager is told (sd_notify(3)); nothing where there is none.
enum ServiceManager {
    /// Start-up, or a reload, is done.
    static func ready(_ status: String) { notify("READY=1\n\(line(status))") }

    /// How things stand.
    static func status(_ status: String) { notify(line(status)) }

    /// A reload begins.
    static func reloading() {
        notify("RELOADING=1\nMONOTONIC_USEC=\(Clock.monotonic().microseconds)")
    }

    static func stopping() { notify("STOPPING=1\nSTATUS=Stopping; the entries stay") }

    private static func line(_ status: String) -> String {
        "STATUS=" + String(status.map { $0.isNewline ? " " : $0 })
    }

    private static func notify(_ state: String) { sd_notify(0, state) }
}
