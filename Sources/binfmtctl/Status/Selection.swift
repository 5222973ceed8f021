// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The entries that a command line names. They alone decide the verdict.
struct Selection {
    let lines: [StatusLine]
    /// Names that no entry has.
    let unknownNames: [String]

    /// - Parameter names: entries, and QEMU's targets by any of their names; all entries if empty.
    init(_ names: [String], of all: [StatusLine]) {
        let known = Set(all.map(\.name))
        func entry(_ name: String) -> String {
            if known.contains(name) { return name }
            return QemuTarget.meant(by: name)?.entryName.description ?? name
        }
        let wanted = Set(names.map(entry))
        lines = names.isEmpty ? all : all.filter { wanted.contains($0.name) }
        unknownNames = names.filter { !known.contains(entry($0)) }
    }

    var verdict: Report.Verdict { unknownNames.isEmpty ? Report.Verdict(lines.map(\.state)) : .degraded }

    /// "Entries: 1 active; 1 name is unknown".
    var summary: String {
        let states = Report.summary(lines.map(\.state))
        let count = unknownNames.count
        let unknown = count == 0 ? nil : "\(counted(count, "name is", "names are")) unknown"
        return [states, unknown].compactMap(\.self).joined(separator: "; ")
    }
}
