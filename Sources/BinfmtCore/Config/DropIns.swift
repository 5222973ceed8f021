// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Which files of several directories count: those of one name stand for one another, the most local wins
/// (systemd.unit(5), binfmt.d(5)).
package struct DropIns: Sendable {
    /// A file as a directory lists it.
    package struct Found: Hashable, Sendable {
        package let path: FilePath
        /// Whether it is empty or a link to /dev/null, and so only hides others of its name.
        package let isMask: Bool

        package init(path: FilePath, isMask: Bool) {
            self.path = path
            self.isMask = isMask
        }
    }

    /// The files of each name, sorted by name: the most local one, which counts, and those that it hides.
    package let groups: [(winner: Found, others: [Found])]

    /// To be read, sorted by name over all directories.
    package var effective: [FilePath] { groups.compactMap { $0.winner.isMask ? nil : $0.winner.path } }

    /// What masks something, with the most local file that it hides.
    package var masked: [(mask: FilePath, hidden: FilePath?)] {
        groups.compactMap { winner, others in
            winner.isMask ? (winner.path, others.first { !$0.isMask }?.path) : nil
        }
    }

    /// - Parameter directories: their files, the most local directory first.
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
