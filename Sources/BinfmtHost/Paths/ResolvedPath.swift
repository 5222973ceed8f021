// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// A path as it was followed: its end, and every directory and link on the way.
final class ResolvedPath {
    /// The resolved path, with a closing NUL: only the last component may be a link.
    private let place: [UInt8]
    /// What lstat(2) says of that; where it was not asked because of a hazard on the way, EACCES.
    let own: Result<Stat, Errno>
    /// The path before its last component, as it was written; nil for the root.
    let parent: ResolvedPath?
    /// The target of a link, or of `..`.
    let target: ResolvedPath?
    /// Why a user other than root could change what the path leads to: the first hazard on the way. Nothing behind it
    /// was looked at, because that user decides what is there.
    let hazard: Hazard?
    /// The number of links on the way to its end, and of all directories and links.
    let links: Int
    let steps: Int

    init(
        _ place: [UInt8], _ own: Result<Stat, Errno>, in parent: ResolvedPath?, target: ResolvedPath? = nil,
        hazard: Hazard? = nil
    ) {
        self.place = place
        self.own = own
        self.parent = parent
        self.target = target
        self.hazard = hazard
        // The target of `..` is a step of the way there already.
        let isLink = if case .success(let stat) = own { stat.type == .symbolicLink } else { false }
        let behind = isLink ? target : nil
        links = (parent?.links ?? 0) + (behind.map { $0.links + 1 } ?? 0)
        steps = (parent?.steps ?? 0) + 1 + (behind?.steps ?? 0)
    }

    private(set) lazy var location = FilePath(bytes: place)

    /// Its name in the directory that it is in.
    var name: ArraySlice<UInt8> {
        place[((place.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)..<(place.count - 1)]
    }

    /// The place of what has this name in it, with a closing NUL.
    func place(of name: ArraySlice<UInt8>) -> [UInt8] {
        var new: [UInt8] = []
        new.reserveCapacity(place.count + name.count + 1)
        new += place[..<(place.count - 1)]
        if new.last != UInt8(ascii: "/") { new.append(UInt8(ascii: "/")) }
        new += name
        new.append(0)
        return new
    }

    /// What stat(2) says of the path.
    var stat: Result<Stat, Errno> { target?.stat ?? own }

    /// The end of the way, behind all links.
    var end: ResolvedPath { target?.end ?? self }
}
