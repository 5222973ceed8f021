// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// Whole files and directories, at once.
package enum Files {
    /// - Parameter limit: stop soon after so many bytes; nil for the whole file.
    /// - Throws: the errno of open(2) or read(2).
    package static func read(_ path: FilePath, limit: Int? = nil) throws(Errno) -> [UInt8] {
        let descriptor = try open(path)
        defer { try? descriptor.close() }
        return try read(descriptor, limit: limit)
    }

    /// What is left to read of an open file; no more than a page once `limit` is reached.
    static func read(_ descriptor: FileDescriptor, limit: Int? = nil) throws(Errno) -> [UInt8] {
        try Errno.rethrowing {
            // What is kept of a small file must not be a page, which thirty files of binfmt.d would be.
            try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4096) { buffer in
                var bytes: [UInt8] = []
                while true {
                    let count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                    bytes += buffer[..<count]
                    if count == 0 || bytes.count >= limit ?? .max { return bytes }
                }
            }
        }
    }

    /// Puts a file that all may read in place of another in one step: whoever opens it finds the old text or the new,
    /// whole. Its folder is made if it has gone.
    ///
    /// - Throws: the errno of the call that failed; the old file is then as it was.
    package static func replace(_ path: FilePath, with text: [UInt8]) throws(Errno) {
        do { try replaceInFolder(path, text) } catch .noSuchFileOrDirectory {
            try makeDirectory(path.removingLastComponent())
            try replaceInFolder(path, text)
        }
    }

    private static func replaceInFolder(_ path: FilePath, _ text: [UInt8]) throws(Errno) {
        var temporary = path
        temporary.removeLastComponent()
        temporary.append(".\(path.lastComponent?.string ?? "").new")
        let descriptor = try Errno.rethrowing {
            try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .truncate, .closeOnExec, .noFollow],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        }
        do throws(Errno) {
            _ = try Errno.rethrowing { try descriptor.closeAfter { try descriptor.writeAll(text) } }
            let renamed = temporary.withPlatformString { from in path.withPlatformString { rename(from, $0) } }
            if renamed != 0 { throw Errno.last }
        } catch {
            _ = temporary.withPlatformString { unlink($0) }
            throw error
        }
    }

    /// Makes a directory and those above it, 0755, as far as they are not there.
    ///
    /// - Throws: the errno of mkdir(2).
    package static func makeDirectory(_ path: FilePath) throws(Errno) {
        if path.withPlatformString({ mkdir($0, 0o755) }) == 0 || Glibc.errno == EEXIST { return }
        let error = Errno.last
        guard error == .noSuchFileOrDirectory, path.lastComponent != nil else { throw error }
        try makeDirectory(path.removingLastComponent())
        if path.withPlatformString({ mkdir($0, 0o755) }) != 0, Glibc.errno != EEXIST { throw .last }
    }

    /// The names in a directory, in the order in which the kernel lists them, without `.` and `..`.
    ///
    /// - Throws: the errno of opendir(3) or readdir(3).
    package static func names(in directory: FilePath) throws(Errno) -> [[UInt8]] {
        guard let stream = directory.withPlatformString({ opendir($0) }) else { throw Errno.last }
        defer { closedir(stream) }
        return try items(in: stream).map(\.name)
    }

    /// The names in a directory that is open, with their inode numbers; the descriptor stays open.
    static func items(in descriptor: FileDescriptor) throws(Errno) -> [(name: [UInt8], inode: UInt64)] {
        let copy = openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if copy < 0 { throw Errno.last }
        guard let stream = fdopendir(copy) else {
            let error = Errno.last
            close(copy)
            throw error
        }
        defer { closedir(stream) }
        return try items(in: stream)
    }

    private static func items(in stream: OpaquePointer) throws(Errno) -> [(name: [UInt8], inode: UInt64)] {
        var items: [(name: [UInt8], inode: UInt64)] = []
        while true {
            Glibc.errno = 0
            guard let item = readdir(stream) else {
                if Glibc.errno != 0 { throw Errno.last }
                return items
            }
            let name = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name == dot || name == dotDot { continue }
            items.append((name, UInt64(item.pointee.d_ino)))
        }
    }

    private static let dot = Array(".".utf8)
    private static let dotDot = Array("..".utf8)

    /// Opens what can be read to its end: a plain file, or a device such as /dev/null. A FIFO could keep its reader waiting
    /// for ever.
    private static func open(_ path: FilePath) throws(Errno) -> FileDescriptor {
        let file = try Errno.rethrowing {
            try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
        }
        var information = stat()
        if fstat(file.rawValue, &information) == 0 {
            let type = information.st_mode & S_IFMT
            if type == S_IFREG || type == S_IFCHR { return file }
            try? file.close()
            throw type == S_IFDIR ? .isDirectory : .notSupported
        }
        let error = Errno.last
        try? file.close()
        throw error
    }
}
