// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension HostPaths {
    /// The time that a user waits for a reload without a word.
    private static let patience = Duration.seconds(2)

    /// The file in which the daemon reports its status.
    package var statusFile: StatusFile { StatusFile(path: stateDirectory.appending("status.toml")) }

    /// The running daemon's last status; nil if no daemon runs.
    package var daemon: DaemonStatus? { statusFile.read() }

    /// Makes the daemon reload its configuration, and waits until the kernel's table matches it.
    ///
    /// - Parameters:
    ///   - limit: how long to wait.
    ///   - tell: called with the daemon's process ID if it takes longer than a user expects.
    /// - Returns: the daemon's status after the reload.
    /// - Throws: the reason if the daemon did not report a reload.
    package func reload(_ limit: Duration, ifSlow tell: (pid_t) -> Void) throws(ReloadFailure) -> DaemonStatus {
        guard let before = daemon else { throw statusFile.deadProcess.map(ReloadFailure.died) ?? .notRunning }
        if kill(before.process, SIGHUP) != 0 { throw .refused(before.process, .last) }
        var after: DaemonStatus?
        func isOver() -> Bool {
            after = daemon
            guard let after else { return true }
            // A reload that began before the signal may have read the old files.
            return after.process != before.process
                || after.reloadsEnded > before.reloadsBegun && after.verdict != .pending
        }
        do {
            let patience = min(limit, Self.patience)
            if try !HostWatch(self).wait(patience, until: isOver) {
                tell(before.process)
                _ = try HostWatch(self).wait(limit - patience, until: isOver)
            }
        } catch {
            throw .failed(error)
        }
        guard let after, after.process == before.process else { throw .ended(before.process) }
        if after.reloadsEnded <= before.reloadsBegun { throw .silent(before.process, limit) }
        return after
    }
}

/// The reason why the result of a reload is unknown.
package enum ReloadFailure: Error, Hashable, CustomStringConvertible {
    case notRunning
    /// Its last process was killed or crashed.
    case died(Int32)
    /// The caller is not allowed to signal it, or kill(2) failed otherwise.
    case refused(Int32, Errno)
    /// It exited before it reported the reload.
    case ended(Int32)
    case silent(Int32, Duration)
    /// Waiting for its status failed.
    case failed(Errno)

    package var description: String {
        switch self {
        case .notRunning: "binfmtd is not running; 'binfmtctl apply' makes one pass without it"
        case .died(let process):
            "binfmtd (PID \(process)) was killed or crashed; see journalctl -u binfmtd"
        case .refused(let process, .notPermitted): "only root can reload binfmtd (PID \(process))"
        case .refused(let process, let error): "cannot signal binfmtd (PID \(process)): \(error)"
        case .ended(let process):
            "binfmtd (PID \(process)) exited before it finished the reload; see journalctl -u binfmtd"
        case .silent(let process, let limit):
            "binfmtd (PID \(process)) did not reload within \(limit.components.seconds) s; see journalctl -u binfmtd"
        case .failed(let error): "cannot wait for binfmtd: \(error)"
        }
    }
}
