// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension RegisterResult {
    /// More entries than this are counted and not listed.
    private static let listed = [String].listed

    /// A line for each entry, or one for many; then the notes.
    func lines(_ terminal: Terminal) -> [String] {
        var lines: [String] = []
        for (line, isGood) in entries where !isGood || entries.count <= Self.listed {
            let mark = StyledText("\(isGood ? "+" : "✗") \(line.name)", isGood ? .green : .red)
            let interpreter = line.interpreter?.printable ?? "-"
            let flags = line.flags.isEmpty ? "" : " (\(line.flags.letters))"
            let reason = line.remark.map { "; \($0)" } ?? ""
            let rest = StyledText(": \(line.state.rawValue), \(interpreter)\(flags)\(reason)")
            lines.append(terminal.prose([mark, rest], hanging: 2))
        }
        if removed.count <= Self.listed {
            lines += removed.map { terminal.prose([StyledText("- \($0)", .red)], hanging: 2) }
        }
        let isIdle = verdict == .done && !hasChanged && !(entries.isEmpty && removed.isEmpty)
        return (lines + (notes + (isIdle ? ["Nothing changed."] : [])).map { terminal.prose($0) })
    }

    /// One line for the whole result.
    var summary: String {
        switch verdict {
        case .refused, .unavailable: return "Nothing was changed."
        case .done, .degraded: break
        }
        let active = entries.filter(\.isGood).map(\.line.name).sorted()
        var parts: [String] = []
        if !entries.isEmpty {
            let count = active.count == entries.count ? "\(active.count)" : "\(active.count) of \(entries.count)"
            let noun = entries.count == 1 ? "entry" : "entries"
            let names = active.count > Self.listed ? ": \(active.nameList)" : ""
            parts.append("\(count) \(noun) active\(names)")
        }
        if !removed.isEmpty {
            let names = removed.count > Self.listed ? ": \(removed.map(\.description).sorted().nameList)" : ""
            parts.append("\(counted(removed.count, "entry", "entries")) unregistered\(names)")
        }
        if parts.isEmpty { return "Nothing to do." }
        let end = lifetime == .runtime ? ", until the next reboot (use --permanent to persist)." : "."
        return parts.joined(separator: "; ") + end
    }
}
