// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// What a path leads to, with every directory and link on the way.
final class ResolvedPath {
    /// The resolved path: only the last component may be a link.
    private let bytes: [UInt8]
    /// What lstat(2) says of that.
    let own: Result<Stat, Errno>
    /// The way on which it was reached: for a name, the directory as it was written; nil for the root.
    let way: ResolvedPath?
    /// The directory that it is really in; nil for the root.
    let directory: ResolvedPath?
    /// Where it leads if it is a link, or ends in one.
    let target: ResolvedPath?

    /// Why somebody other than root could change what it leads to; computed once by ``PathSafety``.
    var hazard: Hazard??

    /// - Parameter way: where its name was looked up.
    init(_ bytes: [UInt8], _ own: Result<Stat, Errno>, in way: ResolvedPath?, target: ResolvedPath? = nil) {
        self.bytes = bytes
        self.own = own
        self.way = way
        directory = way?.end
        self.target = target
    }

    /// The directory above another one, which was reached through that.
    init(above way: ResolvedPath, _ directory: ResolvedPath) {
        bytes = directory.bytes
        own = directory.own
        self.way = way
        self.directory = directory.directory
        target = nil
    }

    /// Whether it was reached by `..`, and not by a name in the directory before.
    var isAbove: Bool { way.map { directory !== $0.end } ?? false }

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
