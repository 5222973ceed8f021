// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// What this process sees mounted.
enum Mounts {
    /// The number of the mount that a path leads to; nil where nothing is. Unlike the device of a file, it is the same
    /// for all files of an overlay.
    static func number(of path: FilePath) -> Substring? {
        let place = try? OwnedDescriptor(
            checking: path.withPlatformString { open($0, Int32(BINFMT_O_PATH) | O_CLOEXEC) })
        guard let place, let text = try? Files.read(FilePath("/proc/self/fdinfo/\(place.rawValue)")) else { return nil }
        return MountTable.number(inFileInfo: text)
    }

    /// Whether nobody can change the file system that a path leads to.
    static func isFileSystemReadOnly(at path: FilePath) -> Bool {
        guard let number = number(of: path), let table = try? Files.read("/proc/self/mountinfo") else { return false }
        return MountTable.isFileSystemReadOnly(mount: number, inMountInfo: table)
    }
}
