// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// The presets that a command line names, with what this host has for them.
struct PresetList {
    struct Item {
        let meaning: PresetMeaning
        /// The first of its interpreters that this host has.
        let installed: FilePath?
        /// How to install one; nil where that is not known.
        let advice: String?

        var preset: Preset { meaning.preset }
        var entry: DeclaredEntry { meaning.entry }
        var toml: String { meaning.toml(installed: installed, package: advice) }
    }

    /// In the order of the names, each preset once.
    let items: [Item]
    /// Names that no preset has.
    let unknown: [String]
}

extension PresetList {
    /// - Parameter names: presets, and QEMU's targets by any of their names; all presets if empty.
    init(_ hostPaths: HostPaths, names: [String]) {
        var directories = hostPaths.configDirectories(beside: hostPaths.daemon)
        let configuration = directories.read().configuration
        let release = hostPaths.release
        let files = ProgramFiles()
        func isInstalled(_ path: FilePath) -> Bool { if case .found = files.lookUp(path) { true } else { false } }
        var seen: Set<String> = []
        let presets = names.isEmpty ? Preset.all : names.compactMap(Self.preset)
        items = presets.filter { seen.insert($0.name).inserted }.map { preset in
            let meaning = PresetMeaning(preset, in: configuration)
            return Item(
                meaning: meaning, installed: meaning.entry.interpreters.first(where: isInstalled),
                advice: InterpreterPackage.advice(release, for: preset))
        }
        unknown = names.filter { Self.preset($0) == nil }
    }

    private static func preset(_ name: String) -> Preset? {
        Preset.named(name) ?? QemuTarget.named(name).flatMap { Preset.named("qemu-" + $0.name) }
    }

    /// The name that is probably meant by one that no preset has.
    func nearest(to name: String) -> String? {
        Spelling.nearest(to: name, among: Preset.allNames + QemuTarget.allNames)
    }

    func problem(_ name: String) -> String {
        "No such preset: '\(name)'\(nearest(to: name).map { " (did you mean '\($0)'?)" } ?? "")."
    }
}
