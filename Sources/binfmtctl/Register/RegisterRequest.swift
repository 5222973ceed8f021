// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// A command line of `register`, as a value.
struct RegisterRequest {
    enum Selection {
        /// All targets that the processor does not run itself.
        case all
        /// Those of them whose emulator is installed.
        case installed
        case targets([QemuTarget])
    }

    /// The command line as it was typed.
    let command: String
    /// The targets to register; nil if there are none.
    let selection: Selection?
    /// The entries to unregister: names of entries or targets, and patterns.
    let removed: [String]
    let replacesForeign: Bool
    let flags: EntryFlags
    /// The directory of the emulators; nil if it was not given.
    let directory: FilePath?
    /// The end of the emulators' names; nil if it was not given.
    let suffix: String?
    let lifetime: RegisterDropIn.Lifetime

    /// The interpreter to declare; nil for the one of `[qemu]`.
    ///
    /// Without `F` the path is looked up inside each container, whatever this host has. The default is that of
    /// multiarch's images (their register.sh), which containers are built for.
    func interpreter(for target: QemuTarget) -> FilePath? {
        if directory == nil, suffix == nil, flags.contains(.fixBinary) { return nil }
        return (directory ?? "/usr/bin").appending("qemu-\(target.interpreterName)\(suffix ?? "-static")")
    }
}
