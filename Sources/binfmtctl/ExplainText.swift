// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension Explanation {
    /// The whole answer, for a person.
    func text(_ terminal: Terminal) -> String {
        var blocks = [chroot.map { ["In \($0):"] } ?? []]
        for (index, step) in execution.steps.enumerated() {
            blocks.append(index == 0 ? first(step, terminal) : next(step, terminal))
        }
        blocks.append(verdict(terminal))
        blocks.append(help(terminal))
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    // MARK: - The file itself

    private func first(_ step: Execution.Step, _ terminal: Terminal) -> [String] {
        guard case .found(let file) = step.lookup else { return [] }
        let pattern = execution.entry.flatMap { entry -> MagicPattern? in
            if case .magic(let pattern) = entry.recognition { pattern } else { nil }
        }
        var lines = [title(step, file, terminal)]
        if !file.header.isEmpty { lines.append(Self.dump(file, taker: pattern)) }
        lines += ["", asking(step)]
        let names = step.asked.map { Cell(($0.match == .taken ? "● " : "○ ") + "\($0.name)") }
        let rows = zip(names, step.asked).map { name, asked in
            [
                Cell("  " + name.text, asked.match == .taken ? .green : .plain),
                Cell(finding(asked.match, pattern), asked.match == .taken ? .green : .plain),
            ]
        }
        if !rows.isEmpty { lines.append(terminal.table(rows)) }
        if let pattern { lines.append(Self.spell(pattern)) }
        return lines
    }

    private func asking(_ step: Execution.Step) -> String {
        guard let registry else { return "No entry is asked, as there is no registry." }
        if !registry.isEnabled { return "No entry is asked: the registry is switched off." }
        let total = registry.entries.count
        if total == 0 { return "No entry is asked: none is registered." }
        let asked = step.asked.count
        if total == 1 { return "The kernel asks its only entry:" }
        return asked == total
            ? "The kernel asks all \(total) entries, in this order:"
            : "The kernel asks \(asked) of \(total) entries, in this order:"
    }

    private func finding(_ match: Match, _ taker: MagicPattern?) -> String {
        guard match == .taken, let taker else { return "\(match)" }
        let count = taker.mask.count { $0 != 0 }
        return "\(match): \(count == 1 ? "the byte that counts matches" : "all \(count) bytes that count match")"
    }

    /// The header in hexadecimal digits: of an ELF file all of it, of another one what is looked at.
    private static func dump(_ file: ProgramFile, taker: MagicPattern?) -> String {
        let end = taker.map { $0.offset + $0.magic.count } ?? 0
        let isELF = if case .elf = file.kind { true } else { false }
        let bytes = file.header.prefix(max(isELF ? 64 : 32, end))
        return stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(start + 16, bytes.count)]
            let text = row.map { (0x20...0x7e).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
            let digits = row.map(\.hex).joined(separator: " ")
            let gap = String(repeating: " ", count: 47 - digits.count)
            return "  \(start < 16 ? "00" : UInt8(truncatingIfNeeded: start).hex)  \(digits)\(gap)  \(text)"
        }.joined(separator: "\n")
    }

    /// The magic of the entry that takes it, and which bits of it count.
    private static func spell(_ pattern: MagicPattern) -> String {
        pattern.rows.flatMap { row in
            let place = String(row.place)
            let label = "byte" + String(repeating: " ", count: 4 - place.count) + place
            return ["    \(label)  \(row.magic)"] + (row.mask.map { ["        mask  \($0)"] } ?? [])
        }.joined(separator: "\n")
    }

    // MARK: - What it is handed to

    private func next(_ step: Execution.Step, _ terminal: Terminal) -> [String] {
        guard case .found(let file) = step.lookup else {
            guard case .interpreter(_, isHeld: true) = step.role else { return [] }
            return [
                terminal.styled(step.path.printable, .bold) + ": held by the kernel (F)",
                terminal.paragraph(
                    "This host has no such file, so that what it is cannot be told; it was registered elsewhere.",
                    indentation: 2),
            ]
        }
        var lines = [title(step, file, terminal)]
        if let taken = step.asked.last, taken.match == .taken {
            lines.append("  entry '\(taken.name)' takes it")
        } else if !step.asked.isEmpty {
            lines.append("  no entry takes it")
        }
        return lines
    }

    private func title(_ step: Execution.Step, _ file: ProgramFile, _ terminal: Terminal) -> String {
        var words = ["\(file.kind)"]
        if case .script(let line) = step.handler { words.append("for \(line.interpreter.printable)") }
        if case .elf = file.kind {
            words.append(file.loader.map { "linked dynamically, by \($0.printable)" } ?? "linked statically")
        }
        if step.handler == .processor { words.append("run by the processor itself") }
        if case .interpreter(_, isHeld: true) = step.role { words.append("held by the kernel (F)") }
        if let user = file.setUser { words.append("set-uid \(user)") }
        if let group = file.setGroup { words.append("set-gid \(group)") }
        return terminal.styled(step.path.printable, .bold) + ":\n"
            + terminal.paragraph(words.joined(separator: ", "), indentation: 2)
    }

    // MARK: - What comes of it

    private func verdict(_ terminal: Terminal) -> [String] {
        if let diagnosis {
            let head = terminal.styled("It does not run", .red) + ": \"\(diagnosis.message)\" (\(diagnosis.errno))."
            return [head] + diagnosis.reasons.map { terminal.paragraph($0, indentation: 2) }
                + diagnosis.advice.map { terminal.paragraph($0, indentation: 4, label: "  →") }
        }
        let command = execution.command.joined(separator: " ")
        var lines = [terminal.styled("It runs", .green) + ":", terminal.paragraph(command, indentation: 2)]
        let flags = execution.entry?.flags ?? []
        if !flags.isEmpty { lines.append("") }
        for flag in flags.flags {
            let letter = String(decoding: [flag.letter], as: UTF8.self)
            lines.append(terminal.paragraph(flag.meaning, indentation: 13, label: "  \(letter)"))
        }
        let needs = execution.needs.map(\.printable).joined(separator: " and ")
        let elsewhere =
            needs.isEmpty
            ? "a chroot or container needs nothing but the file" : "a chroot or container needs \(needs) as well"
        lines += ["", terminal.paragraph(elsewhere, indentation: 13, label: "  elsewhere")]
        lines.append(terminal.paragraph("\(execution.setUser)", indentation: 13, label: "  set-uid"))
        return lines
    }

    private func help(_ terminal: Terminal) -> [String] {
        if let unavailable, !remedies.isEmpty { return [terminal.paragraph(unavailable + ".")] }
        if !declared.isEmpty { return declared.map { terminal.paragraph(Self.standing($0)) } }
        guard let first = remedies.first else { return [] }
        let names = remedies.map { "'\($0.preset)'" }.joined(separator: ", ")
        let package = first.isQemu ? " (Debian, Ubuntu: apt install qemu-user-static)" : ""
        let interpreter =
            installed.map { "\($0.printable) is there; declare it:" }
            ?? "Install an interpreter for it\(package), and declare it:"
        let head = "\(remedies.count == 1 ? "The preset" : "Presets") for such files: \(names). \(interpreter)"
        return [terminal.paragraph(head), "", "  # /etc/binfmtd/entries.d/\(first.preset).toml"]
            + first.toml.split(separator: "\n").map { "  \($0)" }
    }

    private static func standing(_ line: HostStatus.Line) -> String {
        let what =
            line.state == .pending
            ? "'binfmtctl apply' or a running binfmtd registers it" : line.reason?.description ?? ""
        return "Entry '\(line.name)' is declared for it, but \(line.state.rawValue): \(what)."
    }
}
