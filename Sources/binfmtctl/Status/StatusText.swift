// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension HostStatus {
    /// The text that `status` prints: the table, the summary, then a line for each remark.
    func text(_ terminal: Terminal) -> String {
        joined([table(terminal), headline(terminal), remarks(terminal)])
    }

    /// The text that `status --watch` shows: what matters most comes first, because a terminal may be too low for all.
    func liveText(_ terminal: Terminal) -> String {
        joined([headline(terminal), table(terminal), remarks(terminal)])
    }

    private func joined(_ blocks: [String]) -> String { blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") }

    private func table(_ terminal: Terminal) -> String {
        lines.isEmpty ? "" : StatusTable(lines: lines).text(terminal)
    }

    private func headline(_ terminal: Terminal) -> String {
        ([summary] + daemonNote).map { terminal.prose($0) }.joined(separator: "\n")
    }

    private func remarks(_ terminal: Terminal) -> String {
        (reasons + remedies + issues.map(\.description)).map { terminal.prose($0, hanging: 2) }.joined(separator: "\n")
    }

    /// The text that `status NAME…` prints: all that is known about each entry.
    func detail(_ terminal: Terminal) -> String {
        lines.map { StatusDetail($0, self, terminal).text }.joined(separator: "\n\n")
    }

    /// Reports a name that no entry has, with the key that leaves it out, or the nearest name that one has.
    func unknown(_ name: String) -> String {
        if let reason = snapshot?.configuration.qemu.deselection(of: name) {
            return "No entry for '\(name)': \(reason)."
        }
        return "No such entry: '\(name)'\(Spelling.hint(for: name, among: everyLine.map(\.name)))."
    }

    /// Whether a daemon keeps the entries as declared.
    private var daemonNote: [String] {
        guard snapshot != nil else { return [] }
        if let deadDaemon {
            return [
                "binfmtd (PID \(deadDaemon)) was killed or crashed, so changes by other programs are not undone. "
                    + "Start it: systemctl restart binfmtd"
            ]
        }
        guard let daemon else {
            return [
                "binfmtd is not running, so changes by other programs are not undone. "
                    + "Start it: systemctl start binfmtd"
            ]
        }
        switch daemon.verdict {
        case .standby:
            return [daemon.summary + (verdict == .standby ? "; the pending changes are made when that one ends" : "")]
        case .unavailable: return [daemon.summary]
        case .inSync, .pending, .degraded: return []
        }
    }

    /// The reason for the state of each entry; equal reasons are told once. Many entries without an interpreter on this
    /// host share one line.
    private var reasons: [String] {
        let absent = lines.filter(\.isForContainers).map(\.name)
        let isMany = absent.count > [String].listed
        var groups: [(remark: String, names: [String])] = []
        var places: [String: Int] = [:]
        for line in lines where !isMany || !line.isForContainers {
            guard let remark = line.remark else { continue }
            if let place = places[remark] {
                groups[place].names.append(line.name)
            } else {
                places[remark] = groups.count
                groups.append((remark, [line.name]))
            }
        }
        return groups.map { "\($0.names.nameList): \($0.remark)" }
            + (isMany
                ? ["\(absent.nameList): this host has no interpreter for them; a container has to bring one"] : [])
    }

    /// Advice where QEMU's targets are declared if installed, and no emulator is.
    private var remedies: [String] {
        guard let snapshot, !everyLine.contains(where: { $0.isForContainers || $0.isEmulator }) else { return [] }
        guard snapshot.configuration.entries.contains(where: \.needsInterpreter) else { return [] }
        return ["No QEMU emulator is installed: \(EmulatorPackage.advice(hostPaths.release))"]
    }
}
