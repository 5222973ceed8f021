// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

extension KernelRefusal.Obstacle {
    /// Finds out why the kernel refuses to open a file for execution; nil if no reason is visible.
    init?(at path: FilePath) {
        guard let stat = try? Stat(path) else { return nil }
        if let obstacle = Self(stat) {
            self = obstacle
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

    /// Finds out the same of what stat(2) tells.
    init?(_ stat: Stat) {
        switch stat.type {
        case .regular: break
        case .directory:
            self = .directory
            return
        default:
            self = .notAFile
            return
        }
        let mode = stat.permissions
        guard mode.isDisjoint(with: [.ownerExecute, .groupExecute, .otherExecute]) else { return nil }
        self = .notExecutable(mode: mode.rawValue)
    }
}
