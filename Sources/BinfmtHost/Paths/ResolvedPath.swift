// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// A path as it was followed: its end, and every directory and link on the way.
final class ResolvedPath {
    /// The resolved path: only the last component may be a link.
    private let bytes: [UInt8]
    /// What lstat(2) says of that.
    let own: Result<Stat, Errno>
    /// The path before its last component, as it was written; nil for the root.
    let parent: ResolvedPath?
    /// The target of a link, or of `..`.
    let target: ResolvedPath?
    /// The number of links on the way to its end, and of all directories and links.
    let links: Int
    let steps: Int

    /// The reason why a user other than root could change its end; computed once by ``PathSafety``.
    var hazard: Hazard??

    init(_ bytes: [UInt8], _ own: Result<Stat, Errno>, in parent: ResolvedPath?, target: ResolvedPath? = nil) {
        self.bytes = bytes
        self.own = own
        self.parent = parent
        self.target = target
        // The target of `..` is a step of the way there already.
        let isLink = if case .success(let stat) = own { stat.type == .symbolicLink } else { false }
        let behind = isLink ? target : nil
        links = (parent?.links ?? 0) + (behind.map { $0.links + 1 } ?? 0)
        steps = (parent?.steps ?? 0) + 1 + (behind?.steps ?? 0)
    }

    private(set) lazy var location = FilePath(bytes: bytes)

    /// Its name in the directory that it is in.
    var name: [UInt8] { Array(bytes[((bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]) }

    /// The path of what has this name in it, if it is a directory.
    func bytes(of name: ArraySlice<UInt8>) -> [UInt8] {
        var path = bytes
        if path.last != UInt8(ascii: "/") { path.append(UInt8(ascii: "/")) }
        return path + name
    }

    /// What stat(2) says of the path.
    var stat: Result<Stat, Errno> { target?.stat ?? own }

    /// The end of the way, behind all links.
    var end: ResolvedPath { target?.end ?? self }
}
