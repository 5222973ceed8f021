// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// An empty directory to be the root directory of programs. It is removed when this object is deallocated.
final class EmptyRoot {
    let path: FilePath
    private let directory: OwnedDescriptor

    var descriptor: FileDescriptor { directory.descriptor }

    /// - Returns: nil if no temporary directory allows executing programs.
    init?() {
        let places = [getenv("TMPDIR").map { String(cString: $0) }, "/tmp", "/run", "/dev/shm", "/var/tmp"]
        for place in places.compactMap(\.self) {
            var template = Array("\(place)/binfmtctl-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { continue }
            let path = FilePath(platformString: template)
            if let directory = try? Self.open(path) {
                self.path = path
                self.directory = directory
                return
            }
            _ = path.withPlatformString { rmdir($0) }
        }
        return nil
    }

    deinit { _ = path.withPlatformString { rmdir($0) } }

    /// - Throws: the errno; EACCES if its file system allows no executing.
    private static func open(_ path: FilePath) throws(Errno) -> OwnedDescriptor {
        let directory = try OwnedDescriptor(
            checking: path.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
        var system = statvfs()
        if fstatvfs(directory.descriptor.rawValue, &system) != 0 { throw .last }
        if system.f_flag & UInt(BINFMT_ST_NOEXEC) != 0 { throw .permissionDenied }
        return directory
    }
}
