// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The effective files of several directories: of files with one name, only the most local counts (systemd.unit(5),
/// binfmt.d(5)).
package struct DropIns: Sendable {
    /// A file in the listing of a directory.
    package struct Found: Hashable, Sendable {
        package let path: FilePath
        /// Whether it is empty or a link to /dev/null, and so only hides other files of its name.
        package let isMask: Bool

        package init(path: FilePath, isMask: Bool) {
            self.path = path
            self.isMask = isMask
        }
    }

    /// The files of each name, sorted by name: the most local one, which is effective, and those that it hides.
    package let groups: [(winner: Found, others: [Found])]

    /// The files to read, sorted by name across all directories.
    package var effective: [FilePath] { groups.compactMap { $0.winner.isMask ? nil : $0.winner.path } }

    /// The masks, each with the most local file that it hides.
    package var masked: [(mask: FilePath, hidden: FilePath?)] {
        groups.compactMap { winner, others in
            winner.isMask ? (winner.path, others.first { !$0.isMask }?.path) : nil
        }
    }

    /// - Parameter directories: the files of each directory, most local directory first.
    package init(_ directories: [[Found]]) {
        var byName: [[UInt8]: [Found]] = [:]
        for file in directories.joined() {
            byName[file.path.nameBytes, default: []].append(file)
        }
        groups = byName.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { _, files in
            files.first.map { ($0, Array(files.dropFirst())) }
        }
    }
}
