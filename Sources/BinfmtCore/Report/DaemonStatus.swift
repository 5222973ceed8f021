// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What only the running daemon knows. It keeps this in a file below /run, where `binfmtctl status` reads it.
package struct DaemonStatus: Hashable, Sendable {
    /// Its process ID.
    package var process: Int32
    package var verdict: Report.Verdict
    /// Its root directory, so that a process in another root is noticed: a path is another file there, even in two containers
    /// of one image. Nil if an older version wrote the status.
    package var root: DirectoryIdentity?
    package var summary = ""
    /// What is wrong as of the last pass, as the journal has it.
    package var errors: [String] = []
    /// The broken configuration files of which it keeps the last valid version.
    package var kept: Set<FilePath> = []
    /// The number of reloads that have begun, and of those that have ended. A reload that is asked for now is done once
    /// more have ended than had begun before.
    package var reloadsBegun = 0
    package var reloadsEnded = 0
    /// The entries that were repaired, refused by the kernel, or suspended.
    package var entries: [EntryName: Record] = [:]

    package struct Record: Hashable, Sendable {
        /// The number of times that the daemon undid what another program did to it, since the daemon started.
        package var repairs = 0
        /// The time of the last repair, in seconds since 1970.
        package var repaired: Int64?
        /// Why the last pass could not bring it into the kernel.
        package var failure: ReportedReason?
        /// Why it is left alone for a while.
        package var suspension: ReportedReason?

        package init() {}
    }

    package init(process: Int32, verdict: Report.Verdict) {
        self.process = process
        self.verdict = verdict
    }
}

extension DaemonStatus {
    /// Records what a pass did and what it left to do.
    ///
    /// - Parameters:
    ///   - plan: what would be to do after the pass.
    ///   - now: in seconds since 1970.
    package mutating func note(_ outcomes: [Outcome], after plan: Plan, at now: Int64) {
        for (name, record) in entries where record.failure != nil || record.suspension != nil {
            entries[name]?.failure = nil
            entries[name]?.suspension = nil
        }
        for outcome in outcomes where outcome.result == .done && outcome.change.isRepair {
            entries[outcome.change.name, default: Record()].repairs += 1
            entries[outcome.change.name]?.repaired = now
        }
        for item in plan.items {
            switch item.state {
            case .failed: entries[item.name, default: Record()].failure = item.reason.map { ReportedReason($0) }
            case .suspended: entries[item.name, default: Record()].suspension = item.reason.map { ReportedReason($0) }
            default: continue
            }
        }
    }
}
