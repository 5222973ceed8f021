// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// What a command line of `register` asks for.
struct RegisterRequest {
    enum Selection {
        /// All but what the processor runs itself.
        case all
        /// Those of them whose emulator is there.
        case installed
        case targets([QemuTarget])
    }

    /// As it was typed.
    let command: String
    /// Nil if nothing is to be registered.
    let selection: Selection?
    /// Entries, targets and patterns of entries' names.
    let removed: [String]
    let replacesForeign: Bool
    let flags: EntryFlags
    /// Where the emulators are and how their names end, as far as it was said.
    let folder: FilePath?
    let suffix: String?
    let isPermanent: Bool

    /// Nil for what `[qemu]` says. Without `F` the path is one inside of containers, whatever this host has: that of
    /// multiarch's images (their register.sh), which containers are made for.
    func interpreter(for target: QemuTarget) -> FilePath? {
        if folder == nil, suffix == nil, flags.contains(.fixBinary) { return nil }
        return (folder ?? "/usr/bin").appending("qemu-\(target.interpreterName)\(suffix ?? "-static")")
    }
}
