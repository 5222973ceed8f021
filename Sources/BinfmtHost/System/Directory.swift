// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// The listing of a directory (readdir(3)).
enum Directory {
    struct Item {
        let name: [UInt8]
        let inode: UInt64
    }

    /// Lists a directory in the kernel's order, without `.` and `..`.
    ///
    /// - Throws: the errno of opendir(3) or readdir(3).
    static func items(in directory: FilePath) throws(Errno) -> [Item] {
        guard let stream = directory.withPlatformString({ opendir($0) }) else { throw Errno.last }
        defer { closedir(stream) }
        return try items(in: stream)
    }

    /// Lists an open directory; the descriptor stays open.
    static func items(in descriptor: FileDescriptor) throws(Errno) -> [Item] {
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

    private static func items(in stream: OpaquePointer) throws(Errno) -> [Item] {
        var items: [Item] = []
        while true {
            Glibc.errno = 0
            guard let item = readdir(stream) else {
                if Glibc.errno != 0 { throw Errno.last }
                return items
            }
            let name = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name == dot || name == dotDot { continue }
            items.append(Item(name: name, inode: UInt64(item.pointee.d_ino)))
        }
    }

    private static let dot = Array(".".utf8)
    private static let dotDot = Array("..".utf8)
}
