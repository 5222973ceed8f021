// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// An open directory that can be listed repeatedly (readdir(3)).
final class Directory {
    private let stream: OpaquePointer

    struct Item {
        let name: [UInt8]
        let inode: UInt64
    }

    /// - Throws: the errno of opendir(3).
    init(_ path: FilePath) throws(Errno) {
        guard let stream = path.withPlatformString({ opendir($0) }) else { throw .last }
        self.stream = stream
    }

    deinit { closedir(stream) }

    /// The directory's descriptor, which this object owns.
    var descriptor: FileDescriptor { FileDescriptor(rawValue: dirfd(stream)) }

    /// Lists its current content in the kernel's order, without `.` and `..`.
    ///
    /// - Throws: the errno of readdir(3).
    func items() throws(Errno) -> [Item] {
        rewinddir(stream)
        var items: [Item] = []
        while true {
            Glibc.errno = 0
            guard let item = readdir(stream) else {
                if Glibc.errno != 0 { throw Errno.last }
                return items
            }
            let name = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name == Self.dot || name == Self.dotDot { continue }
            items.append(Item(name: name, inode: UInt64(item.pointee.d_ino)))
        }
    }

    private static let dot = Array(".".utf8)
    private static let dotDot = Array("..".utf8)
}
