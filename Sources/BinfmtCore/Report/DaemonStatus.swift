// SPDX-License-Identifier: Apache-2.0
import TOML

/// What only the daemon can tell of how things stand; it leaves this below /run for whoever wants to know.
package struct DaemonStatus: Hashable, Sendable {
    /// Its process ID.
    package var process: Int32
    package var verdict: Report.Verdict
    package var summary = ""
    /// What is wrong as of the last pass, each as it was said in the journal.
    package var errors: [String] = []
    /// How many reloads have begun, and how many of these have ended: who asks for one has it once as many have ended
    /// as had begun when he asked, and one more.
    package var reloadsBegun = 0
    package var reloadsEnded = 0
    /// Those of which there is something to say.
    package var entries: [EntryName: Record] = [:]

    package struct Record: Hashable, Sendable {
        /// How often it was mended since the daemon started, after another program had changed it.
        package var repairs = 0
        /// When last, in seconds since 1970.
        package var repaired: Int64?
        /// Why the kernel refuses it.
        package var failure: String?
        /// Why it is given up for a while.
        package var suspension: String?

        package init() {}
    }

    package init(process: Int32, verdict: Report.Verdict) {
        self.process = process
        self.verdict = verdict
    }
}

extension DaemonStatus {
    /// Takes note of a pass.
    ///
    /// - Parameters:
    ///   - plan: what would be to do after it.
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
            case .failed: entries[item.name, default: Record()].failure = item.reason
            case .suspended: entries[item.name, default: Record()].suspension = item.reason
            default: continue
            }
        }
    }
}
