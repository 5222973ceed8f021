// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

extension HostMetrics {
    init(_ status: HostStatus, _ versions: EmulatorVersions) {
        self.init(
            verdict: status.verdict, isDaemonRunning: status.daemon != nil,
            isRegistryEnabled: status.snapshot?.observed.isEnabled,
            errors: status.issues.count { $0.severity == .error },
            warnings: status.issues.count { $0.severity == .warning },
            entries: status.everyLine.map { line in
                var entry = Entry(name: line.name, state: line.state)
                entry.platform = line.recognition?.platform ?? ""
                entry.interpreter = line.interpreter?.printable ?? ""
                entry.flags = line.flags.letters
                entry.emulator = line.interpreter.flatMap(versions.version) ?? ""
                entry.since = status.since(line)?.seconds
                entry.repairs = line.record?.repairs ?? 0
                entry.repaired = line.record?.repaired
                return entry
            })
    }
}

extension NodeFeatures {
    /// The platforms that the processor runs itself, and those of entries whose interpreter the kernel holds, so that no
    /// image needs one.
    init(_ status: HostStatus, native: PlatformList) {
        let isEnabled = status.snapshot?.observed.isEnabled == true
        let held = status.everyLine.filter { line in
            isEnabled && (line.state == .active || line.state == .stale)
                && line.item.observed?.understood?.flags.contains(.fixBinary) == true
        }
        let platforms = Set(held.compactMap { $0.item.observed?.recognition?.platform })
        self.init(native.adding(QemuTarget.all.filter { platforms.contains($0.platform ?? "") }).names)
    }
}
