// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// Reading and writing of whole files.
package enum Files {
    /// - Parameter limit: stop soon after this many bytes; nil for the whole file.
    /// - Throws: the errno of open(2) or read(2).
    package static func read(_ path: FilePath, limit: Int? = nil) throws(Errno) -> [UInt8] {
        let file = try open(path)
        return try read(file.descriptor, limit: limit)
    }

    /// Reads a file, with the fstat(2) result of the descriptor that it was read from.
    static func readWithStat(_ path: FilePath, limit: Int? = nil) throws(Errno) -> (text: [UInt8], stat: Stat) {
        let file = try open(path)
        let stat = try Stat(file.descriptor)
        return (try read(file.descriptor, limit: limit), stat)
    }

    /// Reads the rest of an open file, and at most a page beyond `limit`.
    static func read(_ descriptor: FileDescriptor, limit: Int? = nil) throws(Errno) -> [UInt8] {
        try Errno.rethrowing {
            // A small file's array must not occupy a whole page, as thirty files of binfmt.d otherwise would.
            var buffer = [UInt8](repeating: 0, count: 4096)
            var bytes: [UInt8] = []
            while true {
                let count = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
                bytes += buffer[..<count]
                if count == 0 || bytes.count >= limit ?? .max { return bytes }
            }
        }
    }

    /// Opens a file that can be read to its end: a regular file, or a device such as /dev/null. Reading a FIFO could
    /// block for ever.
    private static func open(_ path: FilePath) throws(Errno) -> OwnedDescriptor {
        let file = try OwnedDescriptor(path, options: .nonBlocking)
        switch try Stat(file.descriptor).type {
        case .regular, .characterSpecial: return file
        case .directory: throw .isDirectory
        default: throw .notSupported
        }
    }

    /// Replaces a world-readable file atomically: a reader finds either the old text or the new one.
    ///
    /// - Parameter makesDirectory: whether to create its directory if it does not exist.
    /// - Throws: the errno of the call that failed; the old file is then unchanged.
    package static func replace(
        _ path: FilePath, with text: [UInt8], makesDirectory: Bool = true
    ) throws(Errno) {
        if !makesDirectory { return try replaceInDirectory(path, text) }
        do { try replaceInDirectory(path, text) } catch .noSuchFileOrDirectory {
            try makeDirectory(path.removingLastComponent())
            try replaceInDirectory(path, text)
        }
    }

    private static func replaceInDirectory(_ path: FilePath, _ text: [UInt8]) throws(Errno) {
        var temporary = path
        temporary.removeLastComponent()
        temporary.append(".\(path.lastComponent?.string ?? "").new")
        let file = try OwnedDescriptor(
            temporary, .writeOnly, options: [.create, .truncate, .noFollow],
            permissions: [.ownerReadWrite, .groupRead, .otherRead]
        ).release()
        do throws(Errno) {
            _ = try Errno.rethrowing { try file.closeAfter { try file.writeAll(text) } }
            let renamed = temporary.withPlatformString { from in path.withPlatformString { rename(from, $0) } }
            if renamed != 0 { throw Errno.last }
        } catch {
            _ = temporary.withPlatformString { unlink($0) }
            throw error
        }
    }

    /// Creates a directory with mode 0755, and missing directories above it.
    ///
    /// - Throws: the errno of mkdir(2).
    package static func makeDirectory(_ path: FilePath) throws(Errno) {
        if path.withPlatformString({ mkdir($0, 0o755) }) == 0 || Glibc.errno == EEXIST { return }
        let error = Errno.last
        guard error == .noSuchFileOrDirectory, path.lastComponent != nil else { throw error }
        try makeDirectory(path.removingLastComponent())
        if path.withPlatformString({ mkdir($0, 0o755) }) != 0, Glibc.errno != EEXIST { throw .last }
    }
}
