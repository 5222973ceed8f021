// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Checks whether a user other than root could change the file that a path resolves to: the file itself, a directory on
/// the way, or a link.
package struct PathSafety {
    /// The user whose files are trusted like root's.
    private let trusted: uid_t
    private let resolver: PathResolver
    /// Whether this user namespace shows unmapped owners as the overflow user, who may then be root outside of it; nil
    /// until it is needed.
    private var hidesOwners: Bool?

    /// The user ID that the kernel shows for an owner whom the user namespace does not map (user_namespaces(7)).
    private static let overflowUser: uid_t = 65534

    /// - Parameter trusted: a user besides root who may change files, such as the only user whom they affect.
    package init(trusting trusted: uid_t = 0) { self.init(trusting: trusted, PathResolver()) }

    init(trusting trusted: uid_t = 0, _ resolver: PathResolver) {
        self.trusted = trusted
        self.resolver = resolver
    }

    /// - Returns: nil if only root could change it.
    /// - Throws: the errno of a system call whose result is needed.
    package mutating func hazard(of path: FilePath) throws(Errno) -> Hazard? { try hazard(of: resolver.resolve(path)) }

    mutating func hazard(of path: ResolvedPath) throws(Errno) -> Hazard? {
        if let known = path.hazard { return known }
        let hazard = try find(path)
        path.hazard = .some(hazard)
        return hazard
    }

    /// Finds the first hazard on the way, starting at the root.
    private mutating func find(_ path: ResolvedPath) throws(Errno) -> Hazard? {
        if let way = path.way, let hazard = try hazard(of: way) { return hazard }
        switch path.own {
        case .success(let stat): if let hazard = try judge(path, stat) { return hazard }
        case .failure(let error) where error.isTransient: throw error
        // A file that does not exist has no owner who could change it.
        case .failure: return nil
        }
        return try path.target.flatMap { target throws(Errno) in try hazard(of: target) }
    }

    private mutating func judge(_ path: ResolvedPath, _ stat: Stat) throws(Errno) -> Hazard? {
        let owner = stat.userID.rawValue
        let isHidden = owner == Self.overflowUser ? try ownersAreHidden() : false
        if owner != 0, owner != trusted, !isHidden { return .owned(path.location, by: owner) }
        if stat.type == .symbolicLink { return nil }
        let writable = stat.permissions.intersection([.groupWrite, .otherWrite])
        let isSticky = stat.type == .directory && stat.permissions.contains(.saveText)
        guard !writable.isEmpty, !isSticky, !Mounts.isFileSystemReadOnly(at: path.location) else { return nil }
        let mode = stat.permissions.rawValue
        return writable.contains(.otherWrite)
            ? .worldWritable(path.location, mode: mode)
            : .groupWritable(path.location, group: stat.groupID.rawValue, mode: mode)
    }

    private mutating func ownersAreHidden() throws(Errno) -> Bool {
        if let hidesOwners { return hidesOwners }
        let hides = !UserMap(try Files.read("/proc/self/uid_map")).maps(Self.overflowUser)
        hidesOwners = hides
        return hides
    }
}
