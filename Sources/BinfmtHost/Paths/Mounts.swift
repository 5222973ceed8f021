// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// The mounts that this process sees.
enum Mounts {
    /// The ID of the mount that a path is on; nil if there is no such path. Unlike a file's device, it is the same for
    /// all files of an overlay.
    static func number(of path: FilePath) -> Substring? {
        let place = try? OwnedDescriptor(
            checking: path.withPlatformString { open($0, Int32(BINFMT_O_PATH) | O_CLOEXEC) })
        guard let place, let text = try? Files.read(FilePath("/proc/self/fdinfo/\(place.rawValue)")) else { return nil }
        return MountTable.number(inFileInfo: text)
    }

    /// Whether the file system that a path is on is read-only.
    static func isFileSystemReadOnly(at path: FilePath) -> Bool {
        guard let number = number(of: path), let table = try? Files.read("/proc/self/mountinfo") else { return false }
        return MountTable.isFileSystemReadOnly(mount: number, inMountInfo: table)
    }
}
