// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// A resolved path, with every directory and link on the way.
final class ResolvedPath {
    /// The path, of which only the last component may be a link.
    private let bytes: [UInt8]
    /// The lstat(2) result of that path.
    let own: Result<Stat, Errno>
    /// The directory that contains it; nil for the root.
    let parent: ResolvedPath?
    /// The target of the link, if it is one.
    let target: ResolvedPath?

    /// The reason why a user other than root could change the file; computed once by ``PathSafety``.
    var hazard: Hazard??

    init(_ bytes: [UInt8], _ own: Result<Stat, Errno>, in parent: ResolvedPath?, target: ResolvedPath? = nil) {
        self.bytes = bytes
        self.own = own
        self.parent = parent
        self.target = target
    }

    private(set) lazy var location = FilePath(bytes: bytes)

    /// Its name in that directory.
    var name: [UInt8] { Array(bytes[((bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]) }

    /// The path of a file with this name, if this is a directory.
    func bytes(of name: ArraySlice<UInt8>) -> [UInt8] {
        var path = bytes
        if path.last != UInt8(ascii: "/") { path.append(UInt8(ascii: "/")) }
        return path + name
    }

    /// The stat(2) result of the path.
    var stat: Result<Stat, Errno> { target?.stat ?? own }

    /// The final file, after all links.
    var end: ResolvedPath { target?.end ?? self }
}
