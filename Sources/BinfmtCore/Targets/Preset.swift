// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A well-known pattern by its name, with the usual interpreters of its files.
package struct Preset: Sendable {
    package let name: String
    /// The files that it is for, in a few words.
    package let files: String
    package let recognition: Recognition
    /// The usual paths of the interpreter, best first; empty where an entry must name it.
    package let interpreters: [FilePath]
    package let flags: EntryFlags
    package let priority: Int
    /// The target, for `qemu-TARGET`, whose interpreter, flags and priority come from `[qemu]`.
    package let qemuTarget: QemuTarget?
    /// The source of the pattern.
    package let source: String

    /// Whether an entry of this preset needs no `interpreter`.
    package var hasDefaultInterpreter: Bool { qemuTarget != nil || !interpreters.isEmpty }
}

extension Preset {
    /// The preset of that name: one of the table's, or `qemu-TARGET` or `elf-TARGET` by any of the target's names; it has
    /// QEMU's.
    package static func named(_ text: String) -> Preset? {
        if let preset = table.first(where: { $0.name == text }) { return preset }
        for (prefix, isQemu) in [("qemu-", true), ("elf-", false)] where text.hasPrefix(prefix) {
            guard let target = QemuTarget.named(String(text.dropFirst(prefix.count))) else { continue }
            let recognition = Recognition.magic(target.pattern)
            return Preset(
                name: prefix + target.name, files: "\(recognition.brief) programs", recognition: recognition,
                interpreters: [], flags: [], priority: 0, qemuTarget: isQemu ? target : nil,
                source: "scripts/qemu-binfmt-conf.sh of QEMU")
        }
        return nil
    }

    /// The preset with an entry's pattern: one that has the entry's interpreter, too, else the QEMU target's as
    /// `elf-TARGET`. The pattern alone is not enough: `MZ` is wine's and mono's.
    package static func saying(_ entry: Entry) -> Preset? {
        if let preset = table.first(where: {
            $0.recognition == entry.recognition && $0.interpreters.contains(entry.interpreter)
        }) {
            return preset
        }
        guard case .magic(let pattern) = entry.recognition else { return nil }
        return QemuTarget.known.first { $0.pattern == pattern }.flatMap { named("elf-" + $0.name) }
    }

    /// Each preset once: the table's in the order of their names, then QEMU's targets.
    package static var all: [Preset] {
        table.sorted { $0.name < $1.name }
            + ["qemu-", "elf-"].flatMap { prefix in QemuTarget.all.compactMap { named(prefix + $0.name) } }
    }

    /// Every name that ``named(_:)`` accepts.
    package static var allNames: [String] {
        table.map(\.name) + QemuTarget.allNames.flatMap { ["qemu-" + $0, "elf-" + $0] }
    }
}
