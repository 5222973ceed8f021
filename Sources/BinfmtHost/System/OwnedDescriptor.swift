// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A file descriptor that closes itself when its owner goes.
struct OwnedDescriptor: ~Copyable {
    let descriptor: FileDescriptor

    /// Takes over a descriptor that a call has just returned.
    init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    /// - Parameter result: what a call returned that gives a descriptor, or -1 with errno set.
    /// - Throws: that errno.
    init(checking result: Int32) throws(Errno) {
        if result < 0 { throw .last }
        descriptor = FileDescriptor(rawValue: result)
    }

    /// Opens a file (open(2)).
    init(
        _ path: FilePath, _ mode: FileDescriptor.AccessMode = .readOnly, options: FileDescriptor.OpenOptions = [],
        permissions: FilePermissions? = nil
    ) throws(Errno) {
        descriptor = try Errno.rethrowing {
            try FileDescriptor.open(path, mode, options: options.union(.closeOnExec), permissions: permissions)
        }
    }

    // A failed close(2) of something that was only read, or was written by write(2) before, loses nothing.
    deinit { try? descriptor.close() }

    var rawValue: Int32 { descriptor.rawValue }

    /// The descriptor, for a caller that closes it.
    consuming func release() -> FileDescriptor {
        let descriptor = descriptor
        discard self
        return descriptor
    }
}
