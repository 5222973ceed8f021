// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The directories in which a change could make some paths resolve to other files.
package struct PathDependencies {
    /// The names that matter in a directory, with the directory's identity.
    struct Interest {
        let device: UInt64
        let inode: UInt64
        var names: Set<[UInt8]> = []
        /// Whether every name matters, because a path resolves to the directory itself.
        var isWhole = false
        /// Whether a path ends in this directory, so that writes to a file matter, too.
        var hasFiles = false
    }

    private(set) var directories: [HashedPath: Interest] = [:]
    /// The paths that were followed already. Identifiers are valid only while all added paths are alive.
    private var followed: Set<ObjectIdentifier> = []

    init() {}

    /// Adds a path with every directory and link on the way.
    mutating func insert(_ path: ResolvedPath) {
        follow(path)
        guard case .success(let stat) = path.stat, stat.type == .directory else { return }
        change(path.end.location, stat) {
            $0.isWhole = true
            $0.hasFiles = true
        }
    }

    private mutating func follow(_ path: ResolvedPath) {
        guard followed.insert(ObjectIdentifier(path)).inserted, let way = path.way else { return }
        if !path.isAbove, case .success(let stat) = way.stat, stat.type == .directory {
            change(way.end.location, stat) {
                $0.names.insert(path.name)
                if !path.isDirectory { $0.hasFiles = true }
            }
        }
        follow(way)
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
