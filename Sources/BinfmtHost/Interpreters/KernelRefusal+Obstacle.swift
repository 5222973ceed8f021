// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

extension KernelRefusal.Obstacle {
    /// Finds out why the kernel refuses to open a file for execution; nil if no reason is visible.
    init?(at path: FilePath) {
        guard let stat = try? Stat(path) else { return nil }
        if stat.type != .regular {
            self = .notAFile
            return
        }
        let mode = stat.permissions
        if mode.isDisjoint(with: [.ownerExecute, .groupExecute, .otherExecute]) {
            self = .notExecutable(mode: mode.rawValue)
            return
        }
        var mount = statvfs()
        if path.withPlatformString({ statvfs($0, &mount) }) == 0, mount.f_flag & UInt(BINFMT_ST_NOEXEC) != 0 {
            self = .noexec
            return
        }
        var label = [UInt8](repeating: 0, count: 256)
        let count = path.withPlatformString { getxattr($0, "security.selinux", &label, label.count) }
        if count <= 0 { return nil }
        self = .labelled(label[..<count].prefix { $0 != 0 }.printable)
    }
}
