// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// What `status NAME` prints for a person: all there is to know of one entry.
struct StatusDetail {
    private let line: HostStatus.Line
    private let status: HostStatus
    private let terminal: Terminal
    private var rows: [(label: String, text: String)] = []

    init(_ line: HostStatus.Line, _ status: HostStatus, _ terminal: Terminal) {
        self.line = line
        self.status = status
        self.terminal = terminal
    }

    /// The whole text.
    var text: String {
        var detail = self
        detail.describe()
        let width = (detail.rows.map(\.label.count).max() ?? 0) + 2
        let mark = terminal.styled("\(line.state.mark) \(line.name)", line.state.color)
        let title = "\(mark): \(line.state.rawValue)" + (line.reason.map { ", \($0)" } ?? "")
        let body = detail.rows.map { label, text in
            let blanks = String(repeating: " ", count: width - label.count)
            let indentation = width + 2
            return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, row in
                let label = index == 0 ? "\(blanks)\(label):" : ""
                let line = label + String(repeating: " ", count: indentation - label.count) + row
                return line.count <= terminal.measure
                    ? line : terminal.paragraph(String(row), indentation: indentation, label: label)
            }.joined(separator: "\n")
        }
        return ([terminal.prose(title, hanging: 2)] + body).joined(separator: "\n")
    }

    private mutating func describe() {
        let item = line.item
        let declared = item.declared
        let observed = item.observed?.understood
        add("Recognises", line.fullRecognition)
        add("Declared", declared.map(place) ?? (item.isOwned ? "no longer" : "by nobody; it is not ours"))
        compare("Interpreter", item.desired?.entry.interpreter ?? declared?.interpreters.first, observed?.interpreter) {
            $0.printable
        }
        if let path = observed?.interpreter ?? item.desired?.entry.interpreter { add("File", file(path)) }
        compare("Flags", item.desired?.entry.flags ?? declared?.flags, observed?.flags, Self.spell)
        if let order = line.order, let table = status.preview?.observed.entries {
            add("Asked", "\(order) of \(table.count)" + shadowing)
        }
        if let since = status.since(line) { add("Since", Moment(since.seconds).description) }
        if let record = line.record, record.repairs > 0 {
            let last = record.repaired.map { ", the last \(Moment($0))" } ?? ""
            add("Repairs", "\(record.repairs) since binfmtd started\(last)")
        }
        compare("Magic", pattern(declared?.recognition), pattern(observed?.recognition), Self.spell)
        if let unknown = item.observed?.unknownText { add("Unknown", unknown) }
    }

    private mutating func add(_ label: String, _ text: String) { rows.append((label, text)) }

    /// One value where what is declared and what the kernel holds are the same, else both.
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
        let source = declared.location.map(\.place) ?? "by default, as its emulator is installed"
        return "\(source); priority \(declared.priority)" + (declared.isOffer ? ", an offer" : "")
    }

    /// What is ahead of it and takes some of its files.
    private var shadowing: String {
        guard let table = status.preview?.observed.entries, let own = line.item.observed,
            let recognition = own.recognition
        else { return "" }
        let ahead = table.prefix { $0 !== own }.filter {
            $0.isEnabled && $0.recognition?.isMagic == recognition.isMagic
                && $0.recognition?.overlaps(recognition) == true
        }
        return ahead.isEmpty
            ? "" : ", after " + ahead.map { "'\($0.name)'" }.joined(separator: ", ") + " with files of both"
    }

    /// What is at the interpreter's path, and what the kernel holds of it.
    private func file(_ path: FilePath) -> String {
        let isFixed = line.item.observed?.understood?.flags.contains(.fixBinary) == true
        guard let file = InterpreterFile.Description(path) else {
            return isFixed
                ? "not on this host: the kernel runs a file of its own, perhaps of a container that is gone"
                : "not on this host; a container or a chroot may have it"
        }
        // What others than root could change is not executed for a look at it.
        let isEmulator = path.lastComponent?.string.hasPrefix("qemu-") == true && file.hazard == nil
        let version = isEmulator ? Emulator.version(of: path.string).map { [$0] } ?? [] : []
        var words = version + [file.isDynamic ? "dynamically linked" : "statically linked", file.size, owner(file)]
        words.append("of \(Moment(file.identity.modified.seconds))")
        if isFixed {
            switch status.preview.flatMap({ $0.heldFile(of: line.item.name) }) {
            case nil: words.append("whether the kernel holds this one is not known")
            case file.identity?: words.append("the one that the kernel holds")
            default: words.append("not the one that the kernel holds, which is older")
            }
        }
        return words.joined(separator: ", ") + (file.hazard.map { "\n\($0)" } ?? "")
    }

    private func owner(_ file: InterpreterFile.Description) -> String {
        file.owner == 0 ? "root's" : "user \(file.owner)'s"
    }

    private static func spell(_ flags: EntryFlags) -> String {
        flags.isEmpty ? "none" : "\(flags.letters) (\(flags.keys.joined(separator: ", ")))"
    }

    private func pattern(_ recognition: Recognition?) -> MagicPattern? {
        if case .magic(let pattern) = recognition { pattern } else { nil }
    }

    /// Sixteen bytes a line, and below each the bits that count.
    private static func spell(_ pattern: MagicPattern) -> String {
        let start = pattern.offset == 0 ? [] : ["from byte \(pattern.offset)"]
        let rows = pattern.rows.flatMap { row in
            row.mask.map { ["     \(row.magic)", "mask \($0)"] } ?? [row.magic]
        }
        return (start + rows).joined(separator: "\n")
    }
}
