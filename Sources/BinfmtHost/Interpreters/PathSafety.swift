// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Tells whether anyone but root could change what a path leads to: the file, a folder on the way, a link.
package struct PathSafety {
    /// Whose files are as good as root's.
    private let trusted: uid_t
    /// Whether an owner that this user namespace does not map is seen as the overflow uid, and so may be root outside;
    /// nil until somebody has to know.
    private var hidesOwners: Bool?
    /// What was found of folders, which many paths share.
    private var known: [HashedPath: Finding] = [:]

    /// Folders all the way to which, by the path as it is written, only root could change something.
    private var safeFolders: Set<String> = []

    private enum Finding {
        case safe
        case hazard(Hazard)
    }

    /// The uid under which an owner appears that the user namespace does not map (user_namespaces(7)).
    private static let overflowUser: uid_t = 65534

    /// - Parameter trusted: another user besides root who may change them, such as one who alone is affected.
    package init(trusting trusted: uid_t = 0) { self.trusted = trusted }

    /// - Returns: nil if only root could, else what is wrong and how to mend it.
    /// - Throws: why that cannot be told.
    package mutating func hazard(of path: FilePath) throws(Errno) -> Hazard? { try hazard(of: path, hops: 0) }

    /// - Parameter hops: how many links led to the path.
    private mutating func hazard(of path: FilePath, hops: Int) throws(Errno) -> Hazard? {
        let folder = path.folder
        if safeFolders.contains(folder), hops < PathWalk.maximumHops {
            // Interpreters stand side by side, and so do links to them: of all but the first the last step alone is new.
            let step = PathWalk.look(at: path)
            if let failure = step.failure { throw failure }
            guard let information = step.information else { return nil }
            if let hazard = try hazard(of: step, information) { return hazard }
            if step.type != S_IFLNK { return nil }
            var target = path
            target.removeLastComponent()
            target.push(try PathWalk.readLink(path))
            // Where something is wrong, the walk tells where it really is.
            if try hazard(of: target, hops: hops + 1) == nil { return nil }
        }
        if let hazard = try walk(path) { return hazard }
        safeFolders.insert(folder)
        return nil
    }

    private mutating func walk(_ path: FilePath) throws(Errno) -> Hazard? {
        let walk = PathWalk(path)
        for step in walk.steps {
            guard let information = step.information else { break }
            let finding = try find(step, information)
            known[HashedPath(step.path)] = finding
            if case .hazard(let hazard) = finding { return hazard }
        }
        if let failure = walk.failure { throw failure }
        return nil
    }

    private mutating func find(_ step: PathWalk.Step, _ information: stat) throws(Errno) -> Finding {
        if let known = known[HashedPath(step.path)] { return known }
        if let hazard = try hazard(of: step, information) { return .hazard(hazard) }
        return .safe
    }

    private mutating func hazard(of step: PathWalk.Step, _ information: stat) throws(Errno) -> Hazard? {
        let owner = information.st_uid
        let isHidden = owner == Self.overflowUser ? try ownersAreHidden() : false
        if owner != 0, owner != trusted, !isHidden {
            return .owned(step.path, by: owner)
        }
        if step.type == S_IFLNK { return nil }
        let writable = information.st_mode & (S_IWGRP | S_IWOTH)
        let isSticky = step.type == S_IFDIR && information.st_mode & S_ISVTX != 0
        guard writable != 0, !isSticky, !Mounts.isFileSystemReadOnly(at: step.path) else { return nil }
        let mode = information.st_mode & 0o7777
        if writable & S_IWOTH != 0 { return .worldWritable(step.path, mode: mode) }
        return .groupWritable(step.path, group: information.st_gid, mode: mode)
    }

    private mutating func ownersAreHidden() throws(Errno) -> Bool {
        if let hidesOwners { return hidesOwners }
        let hides = try !Self.isMapped(Self.overflowUser)
        hidesOwners = hides
        return hides
    }

    private static func isMapped(_ user: uid_t) throws(Errno) -> Bool {
        let text = try Files.read("/proc/self/uid_map")
        return String(decoding: text, as: UTF8.self).split(separator: "\n").contains { line in
            let numbers = line.split(separator: " ").compactMap { UInt64($0) }
            return numbers.count == 3 && numbers[0] <= user && UInt64(user) - numbers[0] < numbers[2]
        }
    }
}

extension FilePath {
    /// What is before the last slash; to remove the last component takes ten times as long.
    fileprivate var folder: String {
        let text = string.utf8
        return String(Substring(text[..<(text.lastIndex(of: UInt8(ascii: "/")) ?? text.startIndex)]))
    }
}
