// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// A resolved path, with every directory and link on the way.
final class ResolvedPath {
    /// The path, of which only the last component may be a link.
    private let bytes: [UInt8]
    /// The lstat(2) result of that path.
    let own: Result<Stat, Errno>
    /// The path without its last component, as it was written; nil for the root.
    let way: ResolvedPath?
    /// The directory that contains it, after all links; nil for the root.
    let directory: ResolvedPath?
    /// The target of the link, if it is one.
    let target: ResolvedPath?

    /// The reason why a user other than root could change the file; computed once by ``PathSafety``.
    var hazard: Hazard??

    /// - Parameter way: the path in which its name was looked up.
    init(_ bytes: [UInt8], _ own: Result<Stat, Errno>, in way: ResolvedPath?, target: ResolvedPath? = nil) {
        self.bytes = bytes
        self.own = own
        self.way = way
        directory = way?.end
        self.target = target
    }

    /// Makes the parent of a directory, reached through that directory by `..`.
    init(above way: ResolvedPath, _ directory: ResolvedPath) {
        bytes = directory.bytes
        own = directory.own
        self.way = way
        self.directory = directory.directory
        target = nil
    }

    /// Whether it was reached by `..`, not by a name.
    var isAbove: Bool { way.map { directory !== $0.end } ?? false }

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
