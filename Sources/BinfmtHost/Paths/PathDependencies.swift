// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The directories in which a change could make some paths lead elsewhere, or to something else.
package struct PathDependencies {
    /// Which names of a directory matter, and which directory it was.
    struct Interest {
        let device: UInt64
        let inode: UInt64
        var names: Set<[UInt8]> = []
        /// Whether every name matters, because the directory itself is what a path leads to.
        var isWhole = false
        /// Whether a path ends here, so that what is written into a file matters, too.
        var hasFiles = false
    }

    private(set) var directories: [HashedPath: Interest] = [:]
    /// What was followed already, kept so that nothing else gets its identifier.
    private var followed: [ObjectIdentifier: ResolvedPath] = [:]

    init() {}

    /// Adds a path, and everything on its way.
    mutating func insert(_ path: ResolvedPath) {
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
            let name = path.name
            change(parent.end.location, stat) {
                $0.names.insert(name)
                if !path.isDirectory { $0.hasFiles = true }
            }
        }
        follow(parent)
        if let target = path.target { follow(target) }
    }

    private mutating func change(_ directory: FilePath, _ stat: Stat, _ change: (inout Interest) -> Void) {
        let new = Interest(device: UInt64(stat.deviceID.rawValue), inode: UInt64(stat.inode.rawValue))
        change(&directories[HashedPath(directory), default: new])
    }
}

extension ResolvedPath {
    /// Whether it is a directory itself, not a link to one.
    fileprivate var isDirectory: Bool {
        if case .success(let stat) = own { stat.type == .directory } else { false }
    }
}
