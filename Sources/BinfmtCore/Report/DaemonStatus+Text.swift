// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

/// The status file: TOML, whose unknown keys are ignored, so that programs of two versions understand each other.
extension DaemonStatus {
    private static let version: Int64 = 1

    /// The size of the file, in bytes: enough for what is known of 10,000 entries. The reader accepts no more, and the
    /// writer leaves out what would exceed it.
    package static let maximumSize = 1 << 22

    /// The number of errors that are listed.
    private static let listedErrors = IssueList.limit

    /// The number of files that are listed.
    private static let listedFiles = 256

    /// The size of the table of an entry, in bytes, with the longest name, each byte of it escaped, and two reasons.
    private static let maximumEntrySize = 1 << 14

    /// The text in UTF-8.
    package var text: [UInt8] {
        // A binfmtctl of an older release may have to read it.
        var writer = TOMLWriter(version: .v1_0)
        writer.comment("The state of binfmtd. The whole file is replaced whenever the state changes.")
        writer.pair("version", Self.version)
        writer.pair("process", Int(process))
        writer.pair("verdict", verdict.rawValue)
        if let root { writer.pair("root", root.numbers) }
        writer.pair("summary", summary.excerpt)
        writer.pair("errors", errorsListed)
        writer.pair(
            "kept-files",
            kept.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.prefix(Self.listedFiles).map(\.key))
        writer.pair("reloads-begun", reloadsBegun)
        writer.pair("reloads-ended", reloadsEnded)
        for (place, (name, record)) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
            guard writer.utf8.count + Self.maximumEntrySize <= Self.maximumSize else {
                writer.comment("\(counted(entries.count - place, "more entry is", "more entries are")) not listed.")
                break
            }
            writer.table(["entry", name.key])
            writer.pair("repairs", record.repairs)
            if let repaired = record.repaired { writer.pair("repaired", repaired) }
            Self.write(record.failure, "failure", to: &writer)
            Self.write(record.suspension, "suspension", to: &writer)
        }
        return writer.utf8
    }

    private var errorsListed: [String] {
        let listed = errors.prefix(Self.listedErrors).map(\.excerpt)
        let others = errors.count - listed.count
        return others == 0
            ? listed : listed + ["\(counted(others, "more error is", "more errors are")) not listed; see the journal"]
    }

    /// - Returns: nil if the text is not a status file of this version.
    package init?(parsing text: [UInt8]) {
        guard let table = try? TOMLDocument(parsing: text, limits: TOMLLimits(fileSize: Self.maximumSize)).table,
            table["version"]?.integer == Self.version,
            let number = table["process"]?.integer, let process = Int32(exactly: number), process > 0,
            let verdict = table["verdict"]?.string.flatMap(Report.Verdict.init)
        else { return nil }
        self.init(process: process, verdict: verdict)
        root = DirectoryIdentity((table["root"]?.array ?? []).compactMap { $0.integer })
        summary = table["summary"]?.string ?? ""
        errors = (table["errors"]?.array ?? []).compactMap { $0.string }
        kept = Set((table["kept-files"]?.array ?? []).compactMap { $0.string.map(FilePath.init(key:)) })
        reloadsBegun = Self.count(table["reloads-begun"])
        reloadsEnded = Self.count(table["reloads-ended"])
        guard let entries = table["entry"]?.table else { return }
        for (key, value) in entries {
            guard let table = value.table else { continue }
            var record = Record()
            record.repairs = Self.count(table["repairs"])
            record.repaired = table["repaired"]?.integer
            record.failure = Self.reason("failure", in: table, otherwise: .writeFailed)
            record.suspension = Self.reason("suspension", in: table, otherwise: .suspended)
            self.entries[EntryName(key: key.name)] = record
        }
    }

    private static func write(_ reason: ReportedReason?, _ key: String, to writer: inout TOMLWriter) {
        guard let reason else { return }
        writer.pair(key, reason.description.excerpt)
        writer.pair(key + "-code", reason.code.rawValue)
    }

    /// - Parameter code: stands for a code that is missing, or that only a later version knows.
    private static func reason(
        _ key: String, in table: TOMLTable, otherwise code: ReasonCode
    ) -> ReportedReason? {
        guard let text = table[key]?.string else { return nil }
        return ReportedReason(code: table[key + "-code"]?.string.flatMap(ReasonCode.init) ?? code, text)
    }

    private static func count(_ value: TOMLValue?) -> Int {
        guard let number = value?.integer else { return 0 }
        return Int(exactly: number) ?? 0
    }
}
