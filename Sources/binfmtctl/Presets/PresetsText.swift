// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension PresetList {
    /// A table of the presets. Those of QEMU's targets follow: a row for each with an emulator on this host, the others
    /// by name, and one row for all `elf-TARGET`, which differ from these only in what they lack.
    func table(_ terminal: Terminal) -> String {
        let named = items.filter { !$0.isOfTarget }
        let targets = items.filter { $0.preset.qemuTarget != nil }.sorted { $0.preset.name < $1.preset.name }
        let titles = ["PRESET", "RECOGNISES", "PRIORITY", "FLAGS", "INTERPRETER"].map { Cell($0, .bold) }
        let rows = (named + targets.filter { $0.installed != nil }).map(Self.row)
        let anyTarget = ["elf-TARGET", "programs of a target", "-", "-", "-"].map { Cell($0) }
        var lines = [terminal.table([titles] + rows + [anyTarget]), ""]
        let absent = targets.filter { $0.installed == nil }
        if !absent.isEmpty {
            let names = absent.map(\.preset.name).joined(separator: ", ")
            let advice = absent.count == targets.count ? absent.first?.advice.map { " (\($0))" } ?? "" : ""
            lines.append(terminal.paragraph("Without an emulator on this host\(advice): \(names)."))
        }
        lines.append(
            terminal.paragraph(
                "elf-TARGET takes the name of any of these targets, and needs an interpreter. What a preset stands for: "
                    + "binfmtctl presets NAME"))
        return lines.joined(separator: "\n")
    }

    private static func row(_ item: Item) -> [Cell] {
        let interpreter = item.installed?.printable ?? "-"
        return [
            Cell(item.preset.name), Cell(item.isOfTarget ? item.preset.recognition.brief : item.preset.files),
            Cell(item.entry.priority == 0 ? "-" : "\(item.entry.priority)"),
            Cell(item.entry.flags.isEmpty ? "-" : item.entry.flags.letters),
            Cell(interpreter, item.installed == nil ? .plain : .green),
        ]
    }

    /// The presets as a file.
    var toml: String { items.map(\.toml).joined(separator: "\n") }
}

extension PresetList.Item {
    /// Whether it is `qemu-TARGET` or `elf-TARGET`.
    fileprivate var isOfTarget: Bool { !Preset.table.contains { $0.name == preset.name } }
}
