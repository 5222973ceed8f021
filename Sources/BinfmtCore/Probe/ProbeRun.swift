// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// How the execution of a probe program ended.
package struct ProbeRun: Hashable, Sendable {
    package enum End: Hashable, Sendable {
        /// execve(2) failed.
        case refused(Errno)
        case exited(UInt8)
        case killed(signal: Int32)
        case timedOut
    }

    package let end: End
    /// The first line of its standard error, safe on a terminal.
    package let errorLine: String?
    package let duration: Duration
    /// The interpreter that ran it; nil if that could not be seen.
    package let emulator: Emulator?

    package init(end: End, errorLine: String?, duration: Duration, emulator: Emulator?) {
        self.end = end
        self.errorLine = errorLine
        self.duration = duration
        self.emulator = emulator
    }

    /// Whether the program ran and exited as it should, with or without its argv[0].
    var isSuccess: Bool { end == .exited(ProbeProgram.exitStatus) || end == .exited(ProbeProgram.pathStatus) }
}
