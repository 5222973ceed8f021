// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension HostPaths {
    /// Where the daemon tells of itself.
    package var statusFile: StatusFile { StatusFile(path: stateDirectory.appending("status.toml")) }

    /// What the daemon last said of itself; nil if none runs.
    package var daemon: DaemonStatus? { statusFile.read() }

    /// Has the daemon read its configuration, and waits until the kernel has what that says.
    ///
    /// - Parameter limit: how long to wait.
    /// - Returns: how it stands then.
    /// - Throws: why that is not known.
    package func reload(_ limit: Duration) throws(ReloadFailure) -> DaemonStatus {
        guard let before = daemon else { throw .notRunning }
        if kill(before.process, SIGHUP) != 0 { throw .refused(before.process, .last) }
        var after: DaemonStatus?
        do {
            _ = try HostWatch(self).wait(limit) {
                after = self.daemon
                guard let after else { return true }
                // One that had begun before may have read what was there before.
                return after.process != before.process
                    || after.reloadsEnded > before.reloadsBegun && after.verdict != .pending
            }
        } catch {
            throw .failed(error)
        }
        guard let after, after.process == before.process else { throw .ended(before.process) }
        if after.reloadsEnded <= before.reloadsBegun { throw .silent(before.process, limit) }
        return after
    }
}

/// Why nobody knows what became of a reload.
package enum ReloadFailure: Error, Hashable, CustomStringConvertible {
    case notRunning
    /// It must not be signalled.
    case refused(Int32, Errno)
    /// It has ended meanwhile.
    case ended(Int32)
    case silent(Int32, Duration)
    /// It cannot be waited for.
    case failed(Errno)

    package var description: String {
        switch self {
        case .notRunning: "binfmtd does not run; 'binfmtctl apply' makes one pass without it"
        case .refused(let process, .notPermitted): "only root may have binfmtd (PID \(process)) reload"
        case .refused(let process, let error): "cannot signal binfmtd (PID \(process)): \(error)"
        case .ended(let process): "binfmtd (PID \(process)) ended meanwhile; see journalctl -u binfmtd"
        case .silent(let process, let limit):
            "binfmtd (PID \(process)) has not reloaded within \(limit.components.seconds) s; see journalctl -u binfmtd"
        case .failed(let error): "cannot wait for binfmtd: \(error)"
        }
    }
}
