// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// Looks up files as execve(2) does, in this process's root or in another one.
package final class ProgramFiles {
    /// Nil for this process's own root.
    private let root: FileDescriptor?

    /// Uses this process's own root.
    package init() { root = nil }

    /// Uses the root that a chroot(2) to `directory` would give.
    ///
    /// - Throws: the errno of opening it.
    package init(root directory: FilePath) throws(Errno) {
        root = try Errno.rethrowing {
            try FileDescriptor.open(directory, .readOnly, options: [.directory, .closeOnExec])
        }
    }

    deinit { try? root?.close() }

    /// Looks up the program at a path.
    package func lookUp(_ path: FilePath) -> ProgramFile.Lookup {
        do {
            let place = try open(path, Int32(BINFMT_O_PATH))
            let stat = try Stat(place.descriptor)
            if let obstacle = Self.obstacle(to: place.descriptor, stat) {
                return .failed(.permissionDenied, because: obstacle)
            }
            return try found(path, stat)
        } catch { return .failed(error) }
    }

    /// The reason why the calling user cannot execute an existing file.
    private static func obstacle(to place: FileDescriptor, _ stat: Stat) -> String? {
        if stat.type == .directory { return "is a directory" }
        if stat.type != .regular { return "is not a regular file" }
        if isMounted(place, with: UInt(BINFMT_ST_NOEXEC)) { return "is on a file system that is mounted noexec" }
        // The link in /proc refers to the open file even if its path has been replaced.
        if faccessat(AT_FDCWD, "/proc/self/fd/\(place.rawValue)", X_OK, AT_EACCESS) == 0 { return nil }
        // Where /proc is not mounted, the mode has to do.
        if errno == ENOENT, stat.permissions.contains(.ownerExecute) { return nil }
        let mode = String(stat.permissions.rawValue, radix: 8)
        return "is not executable by this user (mode 0\(mode)); chmod +x"
    }

    private static func isMounted(_ place: FileDescriptor, with flag: UInt) -> Bool {
        var system = statvfs()
        return fstatvfs(place.rawValue, &system) == 0 && system.f_flag & flag != 0
    }

    private func found(_ path: FilePath, _ stat: Stat) throws(Errno) -> ProgramFile.Lookup {
        let file: OwnedDescriptor
        do { file = try open(path, O_RDONLY | O_NONBLOCK) } catch .permissionDenied {
            return .failed(.permissionDenied, because: "is executable but not readable by this user; run this as root")
        }
        let start = try Files.read(file.descriptor, limit: ELFLoader.window)
        let mode = stat.permissions
        return .found(
            ProgramFile(
                header: Array(start.prefix(MagicPattern.window)), size: Int(stat.size),
                loader: loader(of: file.descriptor, start),
                setUser: mode.contains(.setUserID) ? stat.userID.rawValue : nil,
                setGroup: mode.isSuperset(of: [.setGroupID, .groupExecute]) ? stat.groupID.rawValue : nil,
                ignoresSetUser: Self.isMounted(file.descriptor, with: UInt(ST_NOSUID))))
    }

    private func loader(of file: FileDescriptor, _ start: [UInt8]) -> FilePath? {
        guard case .path(let offset, let size) = ELFLoader.requirement(start), (2...Int(PATH_MAX)).contains(size) else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: size)
        let count = try? bytes.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: Int64(offset), into: $0) }
        return count == size ? FilePath(bytes: bytes.prefix { $0 != 0 }) : nil
    }

    private func open(_ path: FilePath, _ flags: Int32) throws(Errno) -> OwnedDescriptor {
        let result = path.withPlatformString { path in
            root.map { binfmt_open_in_root($0.rawValue, path, flags | O_CLOEXEC) }
                ?? Glibc.open(path, flags | O_CLOEXEC)
        }
        return try OwnedDescriptor(checking: result)
    }
}
