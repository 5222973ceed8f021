// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The result of asking the daemon to reload its configuration.
struct ReloadResult {
    /// The daemon's status afterwards; nil if it did not reload.
    let status: DaemonStatus?
    /// Why it did not, or what is wrong all the same.
    let errors: [String]
    /// Whether the kernel's table has changed meanwhile.
    let hasChangedTable: Bool

    /// - Parameter limit: how long to wait for the daemon.
    init(_ hostPaths: HostPaths, _ limit: Duration) {
        let before = Self.table(hostPaths)
        do throws(ReloadFailure) {
            let status = try hostPaths.reload(limit, ifSlow: Self.tell)
            self.status = status
            errors = status.errors
        } catch {
            status = nil
            errors = ["\(error)"]
        }
        hasChangedTable = before != Self.table(hostPaths)
    }

    var verdict: Report.Verdict { status?.verdict ?? .unavailable }
    var summary: String { status?.summary ?? errors.joined(separator: " ") }

    /// Whether every entry is as declared.
    var isGood: Bool { verdict == .inSync && errors.isEmpty }

    /// Says on standard error whom the command waits for.
    static func tell(_ process: Int32) {
        StandardError.print("binfmtctl: waiting for binfmtd (PID \(process)) …")
    }

    private static func table(_ hostPaths: HostPaths) -> ObservedState? { try? hostPaths.openRegistry().observe() }
}
