// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// What this process sees mounted.
enum Mounts {
    /// The number of the mount on which is what a path leads to; nil where nothing is. Unlike the device of a file, it is
    /// the same for all files of an overlay.
    static func number(of path: FilePath) -> Substring? {
        let file = path.withPlatformString { open($0, Int32(BINFMT_O_PATH) | O_CLOEXEC) }
        if file < 0 { return nil }
        defer { close(file) }
        guard let text = try? Files.read(FilePath("/proc/self/fdinfo/\(file)")) else { return nil }
        let line = String(decoding: text, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("mnt_id:") }
        return line?.split(whereSeparator: \.isWhitespace).last
    }

    /// Whether nobody can change the file system on which something is. A mount that is read-only says nothing of that:
    /// where systemd's `ProtectSystem=strict` is in force, nearly all are, for this process alone.
    static func isFileSystemReadOnly(at path: FilePath) -> Bool {
        guard let number = number(of: path), let table = try? Files.read("/proc/self/mountinfo") else { return false }
        // `36 35 98:0 / /mnt rw,noatime master:1 - ext3 /dev/root ro,errors=continue` (proc(5)).
        let line = String(decoding: table, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("\(number) ") }
        return line?.split(separator: " ").last?.split(separator: ",").first == "ro"
    }
}
