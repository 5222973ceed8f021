// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// The mounts that this process sees.
enum Mounts {
    /// The ID of the mount that a path is on; nil if there is no such path. Unlike a file's device, it is the same for
    /// all files of an overlay.
    static func number(of path: FilePath) -> Substring? { try? find(path) }

    /// - Throws: the errno of open(2) or read(2).
    private static func find(_ path: FilePath) throws(Errno) -> Substring? {
        let place = try OwnedDescriptor(
            checking: path.withPlatformString { open($0, Int32(BINFMT_O_PATH) | O_CLOEXEC) })
        return MountTable.number(inFileInfo: try Files.read(FilePath("/proc/self/fdinfo/\(place.rawValue)")))
    }

    private static func line(of path: FilePath) throws(Errno) -> MountTable.Line? {
        try find(path).flatMap { number throws(Errno) in
            MountTable.line(of: number, inMountInfo: try Files.read("/proc/self/mountinfo"))
        }
    }

    /// Whether the file system that a path is on is read-only for every process.
    ///
    /// - Throws: the errno of a system call whose result is needed.
    static func isFileSystemReadOnly(at path: FilePath) throws(Errno) -> Bool {
        try line(of: path)?.isFileSystemReadOnly == true
    }

    /// The user who mounted the FUSE file system that a path is on, and whose program says what is in its files; nil if
    /// it is on another file system.
    ///
    /// - Parameter place: a path with a closing NUL.
    /// - Throws: the errno of a system call whose result is needed.
    static func fuseUser(at place: [UInt8]) throws(Errno) -> uid_t? {
        var information = statfs()
        if place.withCString({ statfs($0, &information) }) != 0 { throw .last }
        guard UInt32(truncatingIfNeeded: information.f_type) == fuse else { return nil }
        // A mount whose user is not told is everybody's.
        return try line(of: FilePath(bytes: place))?.user ?? .max
    }

    /// `FUSE_SUPER_MAGIC`
    private static let fuse: UInt32 = 0x6573_5546
}
