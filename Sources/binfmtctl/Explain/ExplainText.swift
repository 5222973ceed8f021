// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension Explanation {
    /// The verdict and the advice, then a block for each file on the way.
    ///
    /// - Parameter isVerbose: whether each entry that the kernel tries is listed, and not only the one that matches.
    func text(_ terminal: Terminal, isVerbose: Bool) -> String {
        var blocks = [chroot.map { ["In \($0.printable):"] } ?? [], verdict(terminal), help(terminal)]
        for (index, step) in execution.steps.enumerated() {
            blocks.append(index == 0 ? first(step, terminal, isVerbose: isVerbose) : next(step, terminal))
        }
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    // MARK: - The file itself

    private func first(_ step: Execution.Step, _ terminal: Terminal, isVerbose: Bool) -> [String] {
        guard case .found(let file) = step.lookup else { return [] }
        let pattern = execution.entry.flatMap { entry -> MagicPattern? in
            if case .magic(let pattern) = entry.recognition { pattern } else { nil }
        }
        var lines = [title(step, file, terminal)]
        if !file.header.isEmpty { lines.append(HeaderDump(file, pattern).text) }
        let listed = isVerbose ? step.asked : step.asked.filter { $0.match == .taken }
        lines += ["", asking(step, listed.count)]
        let names = listed.map { Cell(($0.match == .taken ? "● " : "○ ") + "\($0.name)") }
        let rows = zip(names, listed).map { name, asked in
            [
                Cell("  " + name.text, asked.match == .taken ? .green : .plain),
                Cell(finding(asked.match, pattern), asked.match == .taken ? .green : .plain),
            ]
        }
        if !rows.isEmpty { lines.append(terminal.table(rows)) }
        if let pattern { lines.append(Self.spell(pattern)) }
        return lines
    }

    /// - Parameter listed: the number of entries that follow.
    private func asking(_ step: Execution.Step, _ listed: Int) -> String {
        guard let registry else { return "The kernel tries no entry: there is no registry." }
        if !registry.isEnabled { return "The kernel tries no entry: the registry is disabled." }
        let total = registry.entries.count
        if total == 0 { return "The kernel tries no entry: none is registered." }
        let asked = step.asked.count
        let entries = total == 1 ? "its only entry" : "\(asked == total ? "all" : "\(asked) of") \(total) entries"
        let tried = "The kernel tries \(entries)"
        if listed == 0 {
            return "\(tried), \(total == 1 ? "which does not match" : "and none matches") (see --verbose)."
        }
        if listed == asked { return tried + (total == 1 ? ":" : ", in this order:") }
        return "\(tried); --verbose lists them. The last one matches:"
    }

    private func finding(_ match: Match, _ taker: MagicPattern?) -> String {
        guard match == .taken, let taker else { return "\(match)" }
        let count = taker.mask.count { $0 != 0 }
        let what = count == 1 ? "the compared byte matches" : "all \(count) compared bytes match"
        return "\(match): \(what)"
    }

    /// The magic of the entry that matches, with its mask.
    private static func spell(_ pattern: MagicPattern) -> String {
        pattern.rows.flatMap { row in
            let place = String(row.place)
            let label = "byte" + String(repeating: " ", count: 4 - place.count) + place
            return ["    \(label)  \(row.magic)"] + (row.mask.map { ["        mask  \($0)"] } ?? [])
        }.joined(separator: "\n")
    }

    // MARK: - The interpreters

    private func next(_ step: Execution.Step, _ terminal: Terminal) -> [String] {
        guard case .found(let file) = step.lookup else {
            guard step.role.isHeld else { return [] }
            return [
                terminal.styled(step.path.printable, .bold) + ": held by the kernel (F)",
                terminal.paragraph(
                    "This host has no such file; it was registered elsewhere, and its kind is unknown.",
                    indentation: 2),
            ]
        }
        var lines = [title(step, file, terminal)]
        if let taken = step.asked.last, taken.match == .taken {
            lines.append("  entry '\(taken.name)' matches")
        } else if !step.asked.isEmpty {
            lines.append("  no entry matches")
        }
        return lines
    }

    private func title(_ step: Execution.Step, _ file: ProgramFile, _ terminal: Terminal) -> String {
        var words = ["\(file.kind)"]
        if case .script(let line) = step.handler { words.append("for \(line.interpreter.printable)") }
        if case .elf = file.kind {
            words.append(file.loader.map { "dynamically linked, by \($0.printable)" } ?? "statically linked")
        }
        if step.handler == .processor { words.append("run by the processor itself") }
        if case .loader = step.role { words.append("in place of the program's own loader (L)") }
        if step.role.isHeld { words.append("held by the kernel (F)") }
        if let user = file.setUser { words.append("set-uid \(user)") }
        if let group = file.setGroup { words.append("set-gid \(group)") }
        return terminal.styled(step.path.printable, .bold) + ":\n"
            + terminal.paragraph(words.joined(separator: ", "), indentation: 2)
    }

    // MARK: - The result

    private func verdict(_ terminal: Terminal) -> [String] {
        if let undecided = execution.undecided.first {
            let otherwise =
                execution.runs ? execution.command.joined(separator: " ") : "it does not run"
            return [
                terminal.styled("Whether the file runs is unknown", .yellow)
                    + ": entry '\(undecided.name)' comes first and \(undecided.match).",
                terminal.paragraph("If it does not take the file: \(otherwise)", indentation: 2),
            ]
        }
        if verdict == .unknown {
            let problem = unavailable ?? "there is no registry"
            return [
                terminal.styled("Whether the file runs is unknown", .yellow)
                    + ": the entries cannot be seen, if there are any.",
                terminal.paragraph(problem + ".", indentation: 2),
            ]
        }
        if let diagnosis {
            let head = terminal.styled("The file does not run", .red)
            return ["\(head): \"\(diagnosis.message)\" (\(diagnosis.errno))."]
                + diagnosis.reasons.map { terminal.paragraph($0, indentation: 2) }
                + diagnosis.advice.map { terminal.paragraph($0, indentation: 4, label: "  →") }
        }
        let command = execution.command.joined(separator: " ")
        var lines = [terminal.styled("The file runs", .green) + ":", terminal.paragraph(command, indentation: 2)]
        let flags = execution.entry?.flags ?? []
        if !flags.isEmpty { lines.append("") }
        for flag in flags.flags {
            let letter = String(decoding: [flag.letter], as: UTF8.self)
            lines.append(terminal.paragraph(flag.meaning, indentation: 13, label: "  \(letter)"))
        }
        let needs = execution.needs.map(\.printable).joined(separator: " and ")
        let elsewhere =
            needs.isEmpty
            ? "a chroot or container needs only the file" : "a chroot or container also needs \(needs)"
        lines += ["", terminal.paragraph(elsewhere, indentation: 13, label: "  elsewhere")]
        lines.append(terminal.paragraph("\(execution.setUser)", indentation: 13, label: "  set-uid"))
        if execution.entry?.interpreter.isQemu == true {
            let text = "chooses another processor, if \"Illegal instruction\" ends it"
            lines.append(terminal.paragraph(text, indentation: 13, label: "  QEMU_CPU"))
        }
        return lines
    }

    private func help(_ terminal: Terminal) -> [String] {
        if verdict == .unknown { return [] }
        if !declared.isEmpty { return declared.map { terminal.paragraph(Self.unregistered($0)) } }
        guard let first = remedies.first else { return [] }
        if first.isQemu, let deselection {
            return [terminal.paragraph("QEMU's target for such files has no entry: \(deselection).")]
        }
        let names = remedies.map { "'\($0.preset)'" }.joined(separator: ", ")
        let package = first.isQemu ? " (\(emulatorPackage))" : ""
        let interpreter =
            installed.map { "\($0.printable) is installed; declare it:" }
            ?? "Install an interpreter\(package), and declare it:"
        let head = "\(remedies.count == 1 ? "The preset" : "Presets") for such files: \(names). \(interpreter)"
        return [terminal.paragraph(head), "", "  # /etc/binfmtd/entries.d/\(first.preset).toml"]
            + first.toml.split(separator: "\n").map { "  \($0)" }
    }

    private static func unregistered(_ line: StatusLine) -> String {
        let what =
            line.state == .pending
            ? "'binfmtctl apply' or a running binfmtd registers it" : line.reason?.description ?? ""
        return "Entry '\(line.name)' is declared for such files, but \(line.state.rawValue): \(what)."
    }
}
