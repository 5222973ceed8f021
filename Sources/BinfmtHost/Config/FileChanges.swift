// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// Small files that are written or removed together: if one change fails, the others are undone.
package struct FileChanges {
    /// The new text of each path; nil for a file to remove.
    private let changes: [(path: FilePath, text: [UInt8]?)]

    /// Changes that are already in effect are dropped.
    package init(_ changes: [FilePath: [UInt8]?]) {
        self.changes = changes.sorted { $0.key.string < $1.key.string }.filter { (try? Files.read($0.key)) != $0.value }
            .map { ($0.key, $0.value) }
    }

    /// Whether the files already are as wanted.
    package var isEmpty: Bool { changes.isEmpty }

    /// - Throws: the change that failed; all files are then as they were.
    package func carryOut() throws(Failure) {
        var done: [(path: FilePath, text: [UInt8]?)] = []
        for (path, text) in changes {
            let before = try? Files.read(path)
            do throws(Errno) {
                try Self.put(text, at: path)
                done.append((path, before))
            } catch {
                for (path, text) in done.reversed() { _ = try? Self.put(text, at: path) }
                throw Failure(path: path, error: error)
            }
        }
    }

    private static func put(_ text: [UInt8]?, at path: FilePath) throws(Errno) {
        guard let text else {
            if path.withPlatformString({ unlink($0) }) != 0, Glibc.errno != ENOENT { throw .last }
            return
        }
        try Files.replace(path, with: text)
    }

    package struct Failure: Error, CustomStringConvertible {
        let path: FilePath
        let error: Errno
        package var description: String { "cannot change \(path): \(error)" }
    }
}
