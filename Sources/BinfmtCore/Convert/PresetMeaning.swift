// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

/// What a preset stands for beside a configuration, as an `[entry.NAME]` that says the same without it.
package struct PresetMeaning: Sendable {
    package let preset: Preset
    /// The entry that the preset alone declares; that of an `elf-TARGET` lacks an interpreter.
    package let entry: DeclaredEntry

    package init(_ preset: Preset, in configuration: Configuration) {
        self.preset = preset
        let declaration = EntryDeclaration(
            name: EntryName(observed: preset.name.utf8), location: SourceLocation(file: "/dev/null"),
            recognition: .preset(preset))
        entry = DeclaredEntry(declaration, qemu: configuration.qemu, lines: configuration.qemuLines)
    }

    /// The table, with comments for people.
    ///
    /// - Parameters:
    ///   - installed: the first of the interpreters that this host has.
    ///   - package: the command that installs one; nil where it is not known.
    package func toml(installed: FilePath?, package: String?) -> String {
        var writer = TOMLWriter()
        writer.table(["entry", preset.name])
        writer.comment("\(preset.files), from \(preset.source)")
        if preset.qemuTarget != nil {
            writer.comment("The preset also follows later changes of [qemu], and registers nothing where")
            writer.comment("the processor runs such programs itself.")
        }
        writer.pairs(preset.recognition)
        writeInterpreters(installed, package, to: &writer)
        for flag in entry.flags.flags { writer.pair(flag.key, true) }
        if entry.priority != 0 { writer.pair("priority", entry.priority) }
        return writer.text
    }

    private func writeInterpreters(_ installed: FilePath?, _ package: String?, to writer: inout TOMLWriter) {
        let paths = entry.interpreters.map(\.string)
        guard let path = paths.first else {
            writer.comment("The preset has no interpreter; an entry needs one:")
            writer.comment("interpreter = \"/path/of/an/emulator\"")
            return
        }
        let rule = paths.count > 1 ? "The first that exists is used. " : ""
        let found = installed.map { "This host has \($0.printable)." }
        writer.comment(rule + (found ?? "This host has none\(package.map { ": \($0)" } ?? "")."))
        if paths.count > 1 { writer.pair("interpreter", paths) } else { writer.pair("interpreter", path) }
    }
}
