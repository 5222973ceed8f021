// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// How the execution of one small program ended.
package struct ProbeRun: Hashable, Sendable {
    package enum End: Hashable, Sendable {
        /// What execve(2) said.
        case refused(Errno)
        case exited(UInt8)
        case killed(signal: Int32)
        case timedOut
    }

    package let end: End
    /// The first line that it wrote to its standard error, safe on a terminal.
    package let errorLine: String?
    /// How long it took.
    package let duration: Duration
    /// What ran it, as far as that could be seen.
    package let emulator: Emulator?

    package init(end: End, errorLine: String?, duration: Duration, emulator: Emulator?) {
        self.end = end
        self.errorLine = errorLine
        self.duration = duration
        self.emulator = emulator
    }

    /// Whether the program did what it is made for.
    var isSuccess: Bool { end == .exited(ProbeProgram.exitStatus) || end == .exited(ProbeProgram.pathStatus) }
}
