// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// Looks files up as execve(2) does, in this process's root or in another.
package final class ProgramFiles {
    /// Nil for this process's own.
    private let root: FileDescriptor?

    /// In this process's own root.
    package init() { root = nil }

    /// In the root that a chroot(2) to `folder` would give.
    ///
    /// - Throws: the errno of opening it.
    package init(root folder: FilePath) throws(Errno) {
        root = try Errno.rethrowing { try FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec]) }
    }

    deinit { try? root?.close() }

    /// What a path leads to.
    package func lookUp(_ path: FilePath) -> ProgramFile.Lookup {
        do {
            let place = try open(path, Int32(BINFMT_O_PATH))
            defer { try? place.close() }
            var information = stat()
            if fstat(place.rawValue, &information) != 0 { throw Errno.last }
            if let obstacle = Self.obstacle(to: place, information) {
                return .failed(.permissionDenied, because: obstacle)
            }
            return try found(path, information)
        } catch { return .failed(error as? Errno ?? .ioError) }
    }

    /// Why a file that is there cannot be executed by the calling user.
    private static func obstacle(to place: FileDescriptor, _ information: stat) -> String? {
        let type = information.st_mode & S_IFMT
        if type == S_IFDIR { return "is a folder" }
        if type != S_IFREG { return "is no regular file" }
        if isMounted(place, with: UInt(BINFMT_ST_NOEXEC)) { return "is on a file system that is mounted noexec" }
        // A link of /proc leads to the file that is open, whatever is at its path by now.
        if faccessat(AT_FDCWD, "/proc/self/fd/\(place.rawValue)", X_OK, AT_EACCESS) == 0 { return nil }
        let mode = String(information.st_mode & 0o7777, radix: 8)
        return "may not be executed by this user (mode 0\(mode)); chmod +x"
    }

    private static func isMounted(_ place: FileDescriptor, with flag: UInt) -> Bool {
        var system = statvfs()
        return fstatvfs(place.rawValue, &system) == 0 && system.f_flag & flag != 0
    }

    private func found(_ path: FilePath, _ information: stat) throws(Errno) -> ProgramFile.Lookup {
        let file: FileDescriptor
        do { file = try open(path, O_RDONLY | O_NONBLOCK) } catch .permissionDenied {
            return .failed(.permissionDenied, because: "may be executed, but not read, by this user; ask as root")
        }
        defer { try? file.close() }
        let start = try Files.read(file, limit: ELFLoader.window)
        let mode = information.st_mode
        return .found(
            ProgramFile(
                header: Array(start.prefix(MagicPattern.window)), size: Int(information.st_size),
                loader: loader(of: file, start), setUser: mode & S_ISUID != 0 ? information.st_uid : nil,
                setGroup: mode & S_ISGID != 0 && mode & S_IXGRP != 0 ? information.st_gid : nil,
                ignoresSetUser: Self.isMounted(file, with: UInt(ST_NOSUID))))
    }

    private func loader(of file: FileDescriptor, _ start: [UInt8]) -> FilePath? {
        guard case .path(let offset, let size) = ELFLoader.requirement(start), (2...Int(PATH_MAX)).contains(size) else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: size)
        let count = try? bytes.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: Int64(offset), into: $0) }
        return count == size ? FilePath(bytes: bytes.prefix { $0 != 0 }) : nil
    }

    private func open(_ path: FilePath, _ flags: Int32) throws(Errno) -> FileDescriptor {
        let descriptor = path.withPlatformString { path in
            root.map { binfmt_open_in_root($0.rawValue, path, flags | O_CLOEXEC) }
                ?? Glibc.open(path, flags | O_CLOEXEC)
        }
        if descriptor < 0 { throw .last }
        return FileDescriptor(rawValue: descriptor)
    }
}
