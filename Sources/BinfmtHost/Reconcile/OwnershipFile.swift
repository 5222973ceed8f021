// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The file that keeps ownership while no daemon runs: below /run, so that it disappears with the kernel's table.
package struct OwnershipFile {
    package let path: FilePath

    package init(path: FilePath) { self.path = path }

    /// Reads the file; an absent file means that no entry is ours.
    ///
    /// - Throws: `damaged` or the errno; the caller then owns nothing, and adopts entries that match the configuration.
    package func read() throws(Unreadable) -> Ownership {
        let text: [UInt8]
        do { text = try Files.read(path) } catch .noSuchFileOrDirectory { return Ownership() } catch {
            throw .failed(path, error)
        }
        do { return try Ownership(parsing: text) } catch { throw .damaged(path) }
    }

    /// Writes the file, and creates its directory again if it was removed.
    ///
    /// - Throws: the errno of the call that failed; the old file is then unchanged.
    package func write(_ ownership: Ownership) throws(Errno) {
        try Files.replace(path, with: ownership.text)
    }

    package enum Unreadable: Error, Hashable, CustomStringConvertible {
        case damaged(FilePath)
        case failed(FilePath, Errno)

        package var description: String {
            switch self {
            case .damaged(let path):
                "\(path) is damaged; entries that match the configuration are adopted, others count as foreign"
            case .failed(let path, let error): "\(path): \(error)"
            }
        }
    }
}
