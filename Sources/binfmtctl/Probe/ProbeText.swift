// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension ProbeResults {
    /// A line for each program, then the remarks and the summary.
    func text(_ terminal: Terminal) -> String {
        var lines: [String] = []
        let rows = findings.map { finding in
            [
                Cell(finding.state.mark + " " + finding.name, finding.state.color),
                Cell(finding.state.words, finding.state.color),
                Cell(finding.run?.emulator?.version ?? "-"), Cell(finding.run.map { Self.words($0.duration) } ?? "-"),
            ]
        }
        if !rows.isEmpty {
            lines.append(terminal.table([["  ENTRY", "RESULT", "EMULATOR", "TIME"].map { Cell($0, .bold) }] + rows))
            lines.append("")
        }
        lines += remarks.map { terminal.paragraph("\($0.names.joined(separator: ", ")): \($0.remark)") }
        if findings.isEmpty, problem == nil { lines.append("No entry matches programs of an architecture.") }
        if !findings.isEmpty { lines.append(terminal.paragraph(summary)) }
        if isWhole, problem == nil, case let native = native, !native.names.isEmpty {
            lines.append(terminal.paragraph("The processor itself runs \(native)."))
        }
        return lines.joined(separator: "\n")
    }

    /// Each remark once, with the names of all entries that it applies to.
    private var remarks: [(remark: String, names: [String])] {
        var remarks: [(remark: String, names: [String])] = []
        for finding in findings {
            guard let remark = finding.remark else { continue }
            if let place = remarks.firstIndex(where: { $0.remark == remark }) {
                remarks[place].names.append(finding.name)
            } else {
                remarks.append((remark, [finding.name]))
            }
        }
        return remarks
    }

    private var summary: String {
        let tried = findings.count
        let good = findings.count { $0.state.isGood }
        let head =
            switch (good, tried) {
            case (1, 1): "It works"
            case (0, 1): "It does not work"
            case (tried, _): "All \(tried) work"
            default: "\(good) of \(tried) work"
            }
        let place =
            source == .private
            ? "a private table with the declared entries" : "the registry \(registry.printable)"
        let rest = others.isEmpty ? "" : " Entries for other files: \(others.joined(separator: ", "))."
        return "\(head), in an empty root directory, through \(place).\(rest)"
    }

    private static func words(_ duration: Duration) -> String { "\(duration.milliseconds) ms" }
}

extension ProbeFinding.State {
    fileprivate var mark: String {
        switch self {
        case .works: "●"
        case .worksHere, .disabled, .notRegistered: "○"
        case .dynamic, .nameLost, .wrongEntry: "◐"
        case .interpreterMissing, .interpreterBroken, .tooOld, .crashed, .timedOut, .failed, .unsafe: "✗"
        }
    }

    fileprivate var color: Terminal.Style {
        switch self {
        case .works: .green
        case .worksHere: .plain
        case .dynamic, .nameLost, .wrongEntry, .disabled, .notRegistered: .yellow
        case .interpreterMissing, .interpreterBroken, .tooOld, .crashed, .timedOut, .failed, .unsafe: .red
        }
    }

    fileprivate var words: String {
        switch self {
        case .works: "works"
        case .worksHere: "works only here"
        case .dynamic: "dynamic interpreter"
        case .nameLost: "argv[0] lost"
        case .notRegistered: "not registered"
        case .disabled: "disabled"
        case .unsafe: "unsafe interpreter"
        case .wrongEntry: "wrong entry"
        case .interpreterMissing: "no interpreter"
        case .interpreterBroken: "broken interpreter"
        case .tooOld: "too old"
        case .crashed: "crashed"
        case .timedOut: "timed out"
        case .failed: "failed"
        }
    }
}
