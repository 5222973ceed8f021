// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// What `status` prints for a person.
extension HostStatus {
    func text(_ terminal: Terminal) -> String {
        var blocks = lines.isEmpty ? [] : [table(terminal)]
        blocks.append(([summary] + keeper).map { terminal.prose($0) }.joined(separator: "\n"))
        let remarks =
            reasons + remedies + issues.map(\.description) + unknownNames.map { "There is no entry '\($0)'." }
        if !remarks.isEmpty { blocks.append(remarks.map { terminal.prose($0, hanging: 2) }.joined(separator: "\n")) }
        return blocks.joined(separator: "\n\n")
    }

    /// As many columns, and as many words in them, as there is room for.
    private func table(_ terminal: Terminal) -> String {
        let layouts: [[Column]] = [
            [.state, .flags, .recognises { $0.fullRecognition }, .interpreter, .declared],
            [.state, .flags, .recognises { $0.fullRecognition }, .interpreter],
            [.state, .flags, .recognises { $0.recognition }, .interpreter],
            [.state, .flags, .recognises { $0.wanted?.brief ?? "-" }, .interpreter],
        ]
        var rows: [[Cell]] = []
        for columns in layouts {
            let columns = [.entry] + columns
            rows = [columns.map { Cell($0.title, .bold) }] + lines.map { line in columns.map { $0.cell(line) } }
            if terminal.hasRoom(for: rows) { break }
        }
        return terminal.table(rows)
    }

    /// Who sees to it that this stays so.
    private var keeper: [String] {
        guard picture != nil else { return [] }
        guard let daemon else {
            return ["binfmtd does not run: what others change stays changed; systemctl start binfmtd"]
        }
        switch daemon.verdict {
        case .standby: return [daemon.summary + (verdict == .standby ? "; what is pending here waits for its end" : "")]
        case .unavailable: return [daemon.summary]
        case .inSync, .pending, .degraded: return []
        }
    }

    /// Why each entry is as it is; of many that every container has to bring an interpreter for, in one line.
    private var reasons: [String] {
        let absent = lines.filter(\.isForContainers).map(\.name)
        let isMany = absent.count > [String].listed
        let told = lines.filter { !isMany || !$0.isForContainers }
        return told.compactMap { line in line.reason.map { "\(line.name): \($0)" } }
            + (isMany
                ? ["\(absent.nameList): this host has no interpreter for them; a container has to bring one"] : [])
    }

    /// What could be done about what nobody declared.
    private var remedies: [String] {
        guard let picture, !everyLine.contains(where: \.isForContainers) else { return [] }
        let offers = picture.configuration.entries.contains { $0.needsInterpreter }
        let hasEmulator = everyLine.contains { $0.item.declared?.qemuTarget != nil }
        guard offers, !hasEmulator else { return [] }
        return ["No emulator of QEMU's is installed: \(QemuPackage.advice)"]
    }
}

/// A column of the table.
private struct Column: Sendable {
    let title: String
    let cell: @Sendable (HostStatus.Line) -> Cell

    static let entry = Column(title: "  ENTRY") { Cell("\($0.state.mark) \($0.name)", $0.state.color) }
    static let state = Column(title: "STATE") { Cell($0.state.rawValue, $0.state.color) }
    static let flags = Column(title: "FLAGS") { Cell($0.flags) }
    static let interpreter = Column(title: "INTERPRETER") { Cell($0.interpreter) }
    static let declared = Column(title: "DECLARED") { Cell($0.item.declared?.location?.place ?? "-") }

    static func recognises(_ words: @escaping @Sendable (HostStatus.Line) -> String) -> Column {
        Column(title: "RECOGNISES") { Cell(words($0)) }
    }
}

extension EntryState {
    var mark: String {
        switch self {
        case .active: "●"
        case .pending, .stale, .suspended: "◐"
        case .refused, .failed: "✗"
        case .waiting, .shadowed, .yielded, .disabled, .masked, .foreign: "○"
        }
    }

    var color: Terminal.Style {
        switch self {
        case .active: .green
        case .pending, .stale, .suspended, .waiting: .yellow
        case .refused, .failed: .red
        case .shadowed, .yielded, .disabled, .masked, .foreign: .plain
        }
    }
}
