// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

/// The words that a shell offers for the arguments of commands.
enum Completions {
    /// The entries that are declared or registered.
    static let entries = CompletionKind.custom { _, _, _ in entryNames }

    /// QEMU's targets, by the names of QEMU and of Docker.
    static let targets = CompletionKind.custom { _, _, _ in targetNames }

    /// Docker's platforms, without "linux/".
    static let platforms = CompletionKind.custom { _, _, _ in QemuTarget.shortPlatforms }

    /// Entries and targets, with commas between them.
    static let entryList = CompletionKind.custom { _, _, word in list(word, entryNames + targetNames) }

    /// Targets with commas between them, or all.
    static let targetList = CompletionKind.custom { _, _, word in list(word, ["all"] + targetNames) }

    /// The presets, and QEMU's targets.
    static let presets = CompletionKind.custom { _, _, _ in Preset.all.map(\.name) + targetNames }

    static let entriesAndTargets = CompletionKind.custom { _, _, _ in entryNames + targetNames }

    private static var entryNames: [String] { HostStatus(HostPaths()).everyLine.map(\.name) }

    private static var targetNames: [String] {
        QemuTarget.all.flatMap { target in
            let docker = target.platform.map(QemuTarget.short)
            return [target.name] + [docker].compactMap(\.self).filter { $0 != target.name }
        }
    }

    /// The names behind the last comma of a word, each with what is before it.
    private static func list(_ word: String, _ names: [String]) -> [String] {
        guard let comma = word.lastIndex(of: ",") else { return names }
        let head = word[...comma]
        let present = Set(head.split(separator: ",").map(String.init))
        return names.filter { !present.contains($0) }.map { head + $0 }
    }
}
