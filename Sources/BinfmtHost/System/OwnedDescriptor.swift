// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A file descriptor that is closed with its owner.
package struct OwnedDescriptor: ~Copyable {
    package let descriptor: FileDescriptor

    /// Takes ownership of an open descriptor.
    init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    /// - Parameter result: the return value of a call: a descriptor, or -1 with errno set.
    /// - Throws: that errno.
    init(checking result: Int32) throws(Errno) {
        if result < 0 { throw .last }
        descriptor = FileDescriptor(rawValue: result)
    }

    /// Opens a file (open(2)).
    package init(
        _ path: FilePath, _ mode: FileDescriptor.AccessMode = .readOnly, options: FileDescriptor.OpenOptions = [],
        permissions: FilePermissions? = nil
    ) throws(Errno) {
        descriptor = try Errno.rethrowing {
            try FileDescriptor.open(path, mode, options: options.union(.closeOnExec), permissions: permissions)
        }
    }

    // A failed close(2) loses nothing: the file was only read, or write(2) has reported success.
    deinit { try? descriptor.close() }

    var rawValue: Int32 { descriptor.rawValue }

    /// The descriptor, for a caller that closes it.
    consuming func release() -> FileDescriptor {
        let descriptor = descriptor
        discard self
        return descriptor
    }
}
