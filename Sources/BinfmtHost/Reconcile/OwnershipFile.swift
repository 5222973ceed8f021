// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Where ownership is kept while the daemon is not there: below /run, so that it goes with the kernel's table.
package struct OwnershipFile {
    package let path: FilePath

    package init(path: FilePath) { self.path = path }

    /// What the file says; nothing is ours if there is none.
    ///
    /// - Throws: `damaged` or the errno; the caller then owns nothing, and adopts what is as it should be.
    package func read() throws(Unreadable) -> Ownership {
        let text: [UInt8]
        do { text = try Files.read(path) } catch .noSuchFileOrDirectory { return Ownership() } catch {
            throw .failed(path, error)
        }
        do { return try Ownership(parsing: text) } catch { throw .damaged(path) }
    }

    /// Writes it, and makes the folder anew if that has gone.
    ///
    /// - Throws: the errno of what failed; the old file is then as it was.
    package func write(_ ownership: Ownership) throws(Errno) {
        try Files.replace(path, with: ownership.text)
    }

    package enum Unreadable: Error, Hashable, CustomStringConvertible {
        case damaged(FilePath)
        case failed(FilePath, Errno)

        package var description: String {
            switch self {
            case .damaged(let path): "\(path) is damaged; what is as declared is adopted, the rest is taken for foreign"
            case .failed(let path, let error): "\(path): \(error)"
            }
        }
    }
}
