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

    private static let version: Int64 = 1

    /// The text in UTF-8.
    package var text: [UInt8] {
        var writer = TOMLWriter()
        writer.comment("How binfmtd stands. It is replaced as a whole whenever something of it changes.")
        writer.pair("version", Self.version)
        writer.pair("process", Int(process))
        writer.pair("verdict", verdict.rawValue)
        writer.pair("summary", summary)
        writer.pair("errors", errors)
        writer.pair("reloads-begun", reloadsBegun)
        writer.pair("reloads-ended", reloadsEnded)
        for (name, record) in entries.sorted(by: { $0.key < $1.key }) {
            writer.table(["entry", String(decoding: name.bytes, as: UTF8.self)])
            writer.pair("repairs", record.repairs)
            if let repaired = record.repaired { writer.pair("repaired", repaired) }
            if let failure = record.failure { writer.pair("failure", failure) }
            if let suspension = record.suspension { writer.pair("suspension", suspension) }
        }
        return writer.utf8
    }

    /// - Returns: nil for what is not such a text.
    package init?(parsing text: [UInt8]) {
        guard let table = try? TOMLDocument(parsing: text).table, table["version"]?.integer == Self.version,
            let number = table["process"]?.integer, let process = Int32(exactly: number), process > 0,
            let verdict = table["verdict"]?.string.flatMap(Report.Verdict.init)
        else { return nil }
        self.init(process: process, verdict: verdict)
        summary = table["summary"]?.string ?? ""
        errors = (table["errors"]?.array ?? []).compactMap { $0.string }
        reloadsBegun = Self.count(table["reloads-begun"])
        reloadsEnded = Self.count(table["reloads-ended"])
        guard let entries = table["entry"]?.table else { return }
        for (key, value) in entries {
            var record = Record()
            record.repairs = Self.count(value.table?["repairs"])
            record.repaired = value.table?["repaired"]?.integer
            record.failure = value.table?["failure"]?.string
            record.suspension = value.table?["suspension"]?.string
            self.entries[EntryName(observed: key.name.utf8)] = record
        }
    }
    private static func count(_ value: TOMLValue?) -> Int {
        guard let number = value?.integer else { return 0 }
        return Int(exactly: number) ?? 0
    }
}
