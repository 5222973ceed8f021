// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The text that `status NAME` prints: all that is known about one entry.
struct StatusDetail {
    let line: StatusLine
    let status: HostStatus
    private let terminal: Terminal
    private var rows: [(label: String, text: String)] = []

    init(_ line: StatusLine, _ status: HostStatus, _ terminal: Terminal) {
        self.line = line
        self.status = status
        self.terminal = terminal
    }

    var text: String {
        var detail = self
        detail.describe()
        let width = (detail.rows.map(\.label.count).max() ?? 0) + 2
        let mark = StyledText("\(line.state.mark) \(line.name)", line.state.color)
        let title = StyledText(": \(line.state.rawValue)" + (line.remark.map { ", \($0)" } ?? ""))
        let body = detail.rows.map { label, text in
            let blanks = String(repeating: " ", count: width - label.count)
            let indentation = width + 2
            return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, row in
                let label = index == 0 ? "\(blanks)\(label):" : ""
                let row = String(row).printable
                let line = label + String(repeating: " ", count: indentation - label.count) + row
                return line.count <= terminal.measure
                    ? line : terminal.paragraph(row, indentation: indentation, label: label)
            }.joined(separator: "\n")
        }
        return ([terminal.prose([mark, title], hanging: 2)] + body).joined(separator: "\n")
    }

    private mutating func describe() {
        let item = line.item
        let declared = item.declared
        let observed = item.observed?.understood
        add("Recognises", line.recognitionAndPlatform)
        if line.state != .masked {
            add("Declared", declared.map(place) ?? (item.isOwned ? "no longer" : "nowhere (foreign)"))
        }
        if let handler = line.recognition?.handler {
            let (wanted, found) = (declared?.recognition?.handler, observed?.recognition.handler)
            compare("Interpreters", wanted, found) { $0.interpreterList }
            for path in Set(handler.interpreters.map(\.path)).sorted(by: { $0.string < $1.string }) {
                add("File", "\(path.printable)\n\(file(path))")
            }
        } else {
            compare(
                "Interpreter", item.desired?.entry.interpreter ?? declared?.interpreters.first, observed?.interpreter
            ) { $0.printable }
            if let path = observed?.interpreter ?? item.desired?.entry.interpreter { add("File", file(path)) }
        }
        compare("Flags", item.desired?.entry.flags ?? declared?.flags, observed?.flags, Self.spell)
        if let order = line.order, let table = status.snapshot?.observed.entries {
            add("Order", "\(order) of \(table.count)" + predecessors)
        }
        if let since = status.since(line) { add("Since", Timestamp(since.seconds).description) }
        if let record = line.record, record.repairs > 0 {
            let last = record.repaired.map { ", last at \(Timestamp($0))" } ?? ""
            add("Repairs", "\(record.repairs) since binfmtd started\(last)")
        }
        compare("Magic", pattern(declared?.recognition), pattern(observed?.recognition), Self.spell)
        if let unknown = item.observed?.unknownText { add("Unknown", unknown) }
    }

    private mutating func add(_ label: String, _ text: String) { rows.append((label, text)) }

    /// Adds the declared value and the kernel's, or one row if they are equal.
    private mutating func compare<Value: Equatable>(
        _ label: String, _ declared: Value?, _ observed: Value?, _ spell: (Value) -> String
    ) {
        switch (declared, observed) {
        case (nil, nil): break
        case (let value?, nil), (nil, let value?): add(label, spell(value))
        case (let declared?, let observed?) where declared == observed: add(label, spell(declared))
        case (let declared?, let observed?):
            add(label, "declared:   \(spell(declared))\nthe kernel: \(spell(observed))")
        }
    }

    // MARK: - Words

    private func place(_ declared: DeclaredEntry) -> String {
        let source = declared.location.map(\.place) ?? "by default, because its emulator is installed"
        return "\(source); priority \(declared.priority)" + (declared.isOffer ? ", an offer" : "")
    }

    /// The entries that the kernel tries before this one and that match some of its files.
    private var predecessors: String {
        guard let table = status.snapshot?.observed.entries, let own = line.item.observed,
            let recognition = own.recognition
        else { return "" }
        let ahead = table.prefix { $0 !== own }.filter {
            $0.isEnabled && $0.recognition?.isMagic == recognition.isMagic
                && $0.recognition?.overlaps(recognition) == true
        }
        if ahead.isEmpty { return "" }
        let names = ahead.map { "'\($0.name)'" }.joined(separator: ", ")
        return ", after \(names), which \(ahead.count == 1 ? "matches" : "match") some of its files"
    }

    private static func spell(_ flags: EntryFlags) -> String {
        flags.isEmpty ? "none" : "\(flags.letters) (\(flags.keys.joined(separator: ", ")))"
    }

    private func pattern(_ recognition: Recognition?) -> MagicPattern? {
        if case .magic(let pattern) = recognition { pattern } else { nil }
    }

    /// Sixteen bytes a line, each with its mask below.
    private static func spell(_ pattern: MagicPattern) -> String {
        let start = pattern.offset == 0 ? [] : ["from byte \(pattern.offset)"]
        let rows = pattern.rows.flatMap { row in
            row.mask.map { ["     \(row.magic)", "mask \($0)"] } ?? [row.magic]
        }
        return (start + rows).joined(separator: "\n")
    }
}
