// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Which files of several directories count: those of one name stand for one another, the most local wins
/// (systemd.unit(5), binfmt.d(5)).
package struct DropIns: Sendable {
    /// A file as a directory lists it.
    package struct Found: Sendable {
        package let path: FilePath
        /// Whether it is empty or a link to /dev/null, and so only hides others of its name.
        package let isMask: Bool

        package init(path: FilePath, isMask: Bool) {
            self.path = path
            self.isMask = isMask
        }
    }

    /// To be read, sorted by name over all directories.
    package private(set) var effective: [FilePath] = []
    /// What masks something, with the most local file that it hides.
    package private(set) var masked: [(mask: FilePath, hidden: FilePath?)] = []

    /// - Parameter directories: their files, the most local directory first.
    package init(_ directories: [[Found]]) {
        var byName: [[UInt8]: [Found]] = [:]
        for file in directories.joined() {
            // Its bytes, not its text: two names may be equivalent and still two.
            byName[FilePath(root: nil, file.path.components.suffix(1)).bytes, default: []].append(file)
        }
        for (_, files) in byName.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard let winner = files.first else { continue }
            if winner.isMask {
                masked.append((winner.path, files.first { !$0.isMask }?.path))
            } else {
                effective.append(winner.path)
            }
        }
    }
}
