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
        /// False if a user other than root could have made or written it. Such a file hides no other.
        package let isTrusted: Bool

        package init(path: FilePath, isMask: Bool, isTrusted: Bool = true) {
            self.path = path
            self.isMask = isMask
            self.isTrusted = isTrusted
        }
    }

    /// The files of one name, most local first.
    package struct Group: Sendable {
        /// Files that would be effective if they could be trusted.
        package var untrusted: [Found] = []
        /// The effective file; nil if none can be trusted.
        package var winner: Found?
        package var hidden: [Found] = []

        init(_ files: [Found]) {
            for file in files {
                if winner != nil {
                    hidden.append(file)
                } else if file.isTrusted {
                    winner = file
                } else {
                    untrusted.append(file)
                }
            }
        }
    }

    /// Sorted by name.
    package let groups: [Group]

    /// The files to read, sorted by name across all directories; of one name, the most local last. Of those that cannot
    /// be trusted, the last valid version counts.
    package var effective: [FilePath] {
        groups.flatMap { group in
            let winner = group.winner.flatMap { $0.isMask ? nil : $0.path }
            return (winner.map { [$0] } ?? []) + group.untrusted.reversed().map(\.path)
        }
    }

    /// The masks, each with the most local file that it hides.
    package var masked: [(mask: FilePath, hidden: FilePath?)] {
        groups.compactMap { group in
            guard let winner = group.winner, winner.isMask else { return nil }
            return (winner.path, group.hidden.first { !$0.isMask && $0.isTrusted }?.path)
        }
    }

    /// - Parameter directories: the files of each directory, most local directory first.
    package init(_ directories: [[Found]]) {
        var byName: [[UInt8]: [Found]] = [:]
        for file in directories.joined() {
            byName[file.path.nameBytes, default: []].append(file)
        }
        groups = byName.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { Group($0.value) }
    }
}
