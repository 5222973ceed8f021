// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// The targets of a request that need an entry on this host.
struct TargetSelection {
    let targets: [QemuTarget]
    /// The named targets that need none, because the processor runs their programs itself.
    let native: [QemuTarget]

    /// - Throws: ENOEXEC if QEMU does not know the format of this program.
    init(_ selection: RegisterRequest.Selection?) throws(Errno) {
        guard let selection else {
            targets = []
            native = []
            return
        }
        let probe = try NativeProbe()
        guard case .targets(let named) = selection else {
            let runs = probe.natives(among: QemuTarget.all)
            targets = QemuTarget.all.filter { !runs.contains($0) }
            native = []
            return
        }
        let runs = probe.natives(among: named)
        targets = QemuTarget.known.filter { named.contains($0) && !runs.contains($0) }
        native = QemuTarget.all.filter(runs.contains)
    }
}
