// SPDX-License-Identifier: Apache-2.0
import TOML

extension DaemonStatus {
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
