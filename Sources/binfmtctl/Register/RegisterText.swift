// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension RegisterResult {
    /// More entries than this are counted and not listed.
    private static let listed = [String].listed

    /// A line an entry, or one for all; then what else there is to say, and how it ended.
    func text(_ terminal: Terminal) -> String {
        var lines: [String] = []
        for (line, isGood) in entries where !isGood || entries.count <= Self.listed {
            let mark = terminal.styled("\(isGood ? "+" : "✗") \(line.name)", isGood ? .green : .red)
            let flags = line.flags.isEmpty ? "" : " (\(line.flags))"
            let reason = line.reason.map { "; \($0)" } ?? ""
            lines.append(
                terminal.prose("\(mark): \(line.state.rawValue), \(line.interpreter)\(flags)\(reason)", hanging: 2))
        }
        if removed.count <= Self.listed {
            lines += removed.map { terminal.prose(terminal.styled("- \($0)", .red), hanging: 2) }
        }
        lines += (notes + problems).map { terminal.prose($0) }
        lines.append(terminal.prose(summary))
        return lines.joined(separator: "\n")
    }

    /// In one line.
    var summary: String {
        switch verdict {
        case .refused, .unavailable: return "Nothing was changed."
        case .done, .degraded: break
        }
        let active = entries.filter(\.isGood).map(\.line.name).sorted()
        var parts: [String] = []
        if !entries.isEmpty {
            let count = active.count == entries.count ? "\(active.count)" : "\(active.count) of \(entries.count)"
            let names = active.count > Self.listed ? ": \(active.nameList)" : ""
            parts.append("\(count) \(entries.count == 1 ? "entry" : "entries") active\(names)")
        }
        if !removed.isEmpty {
            let names = removed.count > Self.listed ? ": \(removed.map(\.description).sorted().nameList)" : ""
            parts.append("\(removed.count) \(removed.count == 1 ? "entry" : "entries") unregistered\(names)")
        }
        if parts.isEmpty { return "There was nothing to do." }
        return parts.joined(separator: "; ") + (isPassing ? ", until the next reboot (--permanent keeps it)." : ".")
    }
}
