// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Judges whether a user other than root could change a file, or could put another one in its place. ``PathResolver``
/// asks it at every step of a path.
final class PathSafety {
    /// The user whose files are trusted like root's.
    private let trusted: uid_t
    /// Whether this user namespace shows unmapped owners as the overflow user, who may then be root outside of it; nil
    /// until it is needed.
    private var hidesOwners: Bool?

    /// Whether an answer depends on how something is mounted.
    private(set) var hasAskedForMounts = false

    /// The user ID that the kernel shows for an owner whom the user namespace does not map (user_namespaces(7)).
    private static let overflowUser: uid_t = 65534

    init(trusting trusted: uid_t) { self.trusted = trusted }

    /// - Parameters:
    ///   - own: what lstat(2) says of the file.
    ///   - place: its path without links, with a closing NUL.
    ///   - directory: the directory that it is in, which is safe itself; nil for the root.
    /// - Throws: the errno of a system call whose result is needed.
    func hazard(
        of own: Result<Stat, Errno>, at place: [UInt8], in directory: ResolvedPath?
    ) throws(Errno) -> Hazard? {
        switch own {
        case .success(let stat): try hazard(of: stat, at: place, in: directory)
        case .failure(.noSuchFileOrDirectory): hazardOfMissing(place, in: directory)
        case .failure: nil
        }
    }

    private func hazard(of stat: Stat, at place: [UInt8], in directory: ResolvedPath?) throws(Errno) -> Hazard? {
        if try !isTrusted(stat.userID.rawValue) { return .owned(FilePath(bytes: place), by: stat.userID.rawValue) }
        // A link cannot be a mount point; on an overlay it only has another device than its directory.
        if case .success(let above)? = directory?.own, above.deviceID != stat.deviceID, stat.type != .symbolicLink {
            if let user = try Mounts.fuseUser(at: place), try !isTrusted(user) {
                return .mountedByUser(FilePath(bytes: place), by: user)
            }
        }
        // Others may write to a device without changing what it is, as to /dev/null.
        guard stat.type == .regular || stat.type == .directory else { return nil }
        let writable = Self.writers(stat)
        // In a sticky directory no other user can remove or rename root's files.
        let isSticky = stat.type == .directory && stat.permissions.contains(.saveText)
        if writable.isEmpty || isSticky { return nil }
        let path = FilePath(bytes: place)
        hasAskedForMounts = true
        if try Mounts.isFileSystemReadOnly(at: path) { return nil }
        let mode = stat.permissions.rawValue
        return writable.contains(.otherWrite)
            ? .worldWritable(path, mode: mode) : .groupWritable(path, group: stat.groupID.rawValue, mode: mode)
    }

    /// In a sticky directory other users can make what is not there.
    private func hazardOfMissing(_ place: [UInt8], in directory: ResolvedPath?) -> Hazard? {
        guard let directory, case .success(let stat) = directory.own, !Self.writers(stat).isEmpty else { return nil }
        return .creatable(FilePath(bytes: place), in: directory.location, mode: stat.permissions.rawValue)
    }

    private static func writers(_ stat: Stat) -> FilePermissions {
        stat.permissions.intersection([.groupWrite, .otherWrite])
    }

    private func isTrusted(_ user: uid_t) throws(Errno) -> Bool {
        if user == 0 || user == trusted { return true }
        return user == Self.overflowUser ? try ownersAreHidden() : false
    }

    private func ownersAreHidden() throws(Errno) -> Bool {
        if let hidesOwners { return hidesOwners }
        let hides = !UserMap(try Files.read("/proc/self/uid_map")).maps(Self.overflowUser)
        hidesOwners = hides
        return hides
    }
}
