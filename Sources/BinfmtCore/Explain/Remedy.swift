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
    /// Whether another preset matches such files, too, and more.
    package var isSpecific = false

    /// An entry for it, to be put into a file.
    package var toml: String { "[entry.\(preset)]\npreset = \"\(preset)\"\n" }

    /// All presets whose pattern matches a file, the most specific first.
    ///
    /// - Parameters:
    ///   - path: as it is executed.
    ///   - header: its first bytes.
    package static func all(path: FilePath, header: [UInt8]) -> [Remedy] {
        let targets = QemuTarget.known.filter { $0.pattern.matches(header) }.map { target in
            Remedy(
                preset: "qemu-" + target.name, interpreters: QemuSettings().interpreters(for: target), isQemu: true)
        }
        let presets = Preset.table.filter { $0.recognition.matches(path, header) }
        let others = presets.map { preset in
            Remedy(
                preset: preset.name, interpreters: preset.interpreters, isQemu: false,
                isSpecific: preset.isSpecific(among: presets))
        }
        return others.filter(\.isSpecific) + targets + others.filter { !$0.isSpecific }
    }
}

extension Preset {
    /// Whether it is for fewer files than another one of these: an APE program begins as any other for Windows does.
    /// Emulators of one machine differ only in how strictly they read the header.
    fileprivate func isSpecific(among presets: [Preset]) -> Bool {
        if case .magic(let pattern) = recognition, pattern.identity != nil { return false }
        return presets.contains { $0.recognition != recognition && $0.recognition.covers(recognition) }
    }
}
