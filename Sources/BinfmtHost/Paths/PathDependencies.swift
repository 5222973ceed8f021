// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The directories in which a change could make some paths lead elsewhere, or change what they lead to.
package struct PathDependencies {
    /// The names in a directory that matter.
    struct Interest {
        let directory: DirectoryIdentity
        var names: Set<[UInt8]> = []
        /// Whether every name matters, because a path leads to the directory itself.
        var isWhole = false
        /// Whether a path ends here, so that writes to files matter, too.
        var hasFiles = false
    }

    private(set) var directories: [HashedPath: Interest] = [:]
    /// The paths that were followed already; kept, so that no other object gets their identifiers.
    private var followed: [ObjectIdentifier: ResolvedPath] = [:]

    /// - Parameter paths: the paths; everything on their way is added, too.
    init(of paths: [ResolvedPath]) { for path in paths { insert(path) } }

    private mutating func insert(_ path: ResolvedPath) {
        follow(path)
        guard case .success(let stat) = path.stat, stat.type == .directory else { return }
        change(path.end.location, stat) {
            $0.isWhole = true
            $0.hasFiles = true
        }
    }

    private mutating func follow(_ path: ResolvedPath) {
        guard let parent = path.parent, followed[ObjectIdentifier(path)] == nil else { return }
        followed[ObjectIdentifier(path)] = path
        if case .success(let stat) = parent.stat, stat.type == .directory {
            let name = Array(path.name)
            change(parent.end.location, stat) {
                $0.names.insert(name)
                if !path.isDirectory { $0.hasFiles = true }
            }
        }
        follow(parent)
        if let target = path.target { follow(target) }
    }

    private mutating func change(_ directory: FilePath, _ stat: Stat, _ change: (inout Interest) -> Void) {
        let new = Interest(directory: DirectoryIdentity(stat))
        change(&directories[HashedPath(directory), default: new])
    }
}

extension ResolvedPath {
    /// Whether it is a directory itself, not a link to one.
    fileprivate var isDirectory: Bool {
        if case .success(let stat) = own { stat.type == .directory } else { false }
    }
}
