// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A preset that could be declared for a file that no entry takes.
package struct Remedy: Hashable, Sendable {
    /// The preset's name.
    package let preset: String
    /// Where its interpreter usually is, best first.
    package let interpreters: [FilePath]
    /// Whether it is one of QEMU's targets.
    package let isQemu: Bool

    /// An entry for it, to be put into a file.
    package var toml: String { "[entry.\(preset)]\npreset = \"\(preset)\"\n" }

    /// All presets whose pattern matches a file.
    ///
    /// - Parameters:
    ///   - path: as it is executed.
    ///   - header: its first bytes.
    package static func all(path: FilePath, header: [UInt8]) -> [Remedy] {
        let targets = QemuTarget.all.filter { $0.pattern.matches(header) }.map { target in
            Remedy(
                preset: "qemu-" + target.name, interpreters: QemuSettings().interpreters(for: target), isQemu: true)
        }
        let presets = Preset.table.filter { $0.recognition.matches(path, header) }
        return targets + presets.map { Remedy(preset: $0.name, interpreters: $0.interpreters, isQemu: false) }
    }
}
