// SPDX-License-Identifier: Apache-2.0
import CSystemd
import Glibc

/// What the service manager is told (sd_notify(3)); nothing where there is none.
package enum ServiceManager {
    /// Start-up, or a reload, is done.
    package static func ready(_ status: String) { notify("READY=1\n\(line(status))") }

    /// How things stand.
    package static func status(_ status: String) { notify(line(status)) }

    /// A reload begins.
    package static func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        notify("RELOADING=1\nMONOTONIC_USEC=\(Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)")
    }

    package static func stopping() { notify("STOPPING=1\nSTATUS=Stopping; the entries stay") }

    private static func line(_ status: String) -> String {
        "STATUS=" + String(status.map { $0.isNewline ? " " : $0 })
    }

    private static func notify(_ state: String) { sd_notify(0, state) }
}
