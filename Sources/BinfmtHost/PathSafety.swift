// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// Tells whether anyone but root could change what a path leads to: the file, a folder on the way, a link.
package struct PathSafety {
    /// Whose files are as good as root's.
    private let trusted: uid_t
    /// Whether an owner that this user namespace does not map is seen as the overflow uid, and so may be root outside.
    private let hidesOwners: Bool
    /// What was found of folders, which many paths share.
    private var known: [FilePath: Finding] = [:]

    /// Folders all the way to which, by the path as it is written, only root could change something.
    private var safeFolders: Set<FilePath> = []

    private enum Finding {
        case safe
        case hazard(String)
    }

    /// The uid under which an owner appears that the user namespace does not map (user_namespaces(7)).
    private static let overflowUser: uid_t = 65534

    /// - Parameter trusted: another user besides root who may change them, such as one who alone is affected.
    package init(trusting trusted: uid_t = 0) {
        self.trusted = trusted
        hidesOwners = !Self.isMapped(Self.overflowUser)
    }

    /// - Returns: nil if only root could, else what is wrong and how to mend it.
    package mutating func hazard(of path: FilePath) -> String? {
        let folder = path.removingLastComponent()
        if safeFolders.contains(folder) {
            // Interpreters stand side by side: of all but the first the last step alone is new.
            let step = PathWalk.look(at: path)
            guard let information = step.information else { return nil }
            if step.type != S_IFLNK { return hazard(of: step, information) }
        }
        if let hazard = walk(path) { return hazard }
        safeFolders.insert(folder)
        return nil
    }

    private mutating func walk(_ path: FilePath) -> String? {
        for step in PathWalk(path).steps {
            guard let information = step.information else { return nil }
            let finding = known[step.path] ?? hazard(of: step, information).map(Finding.hazard) ?? .safe
            known[step.path] = finding
            if case .hazard(let hazard) = finding { return hazard }
        }
        return nil
    }

    private func hazard(of step: PathWalk.Step, _ information: stat) -> String? {
        let owner = information.st_uid
        if owner != 0, owner != trusted, !(owner == Self.overflowUser && hidesOwners) {
            return "\(step.path) belongs to user \(owner), not to root; chown root \(step.path)"
        }
        if step.type == S_IFLNK { return nil }
        let writable = information.st_mode & (S_IWGRP | S_IWOTH)
        let isSticky = step.type == S_IFDIR && information.st_mode & S_ISVTX != 0
        guard writable != 0, !isSticky, !Self.isReadOnly(step.path) else { return nil }
        let mode = "0" + String(information.st_mode & 0o7777, radix: 8)
        if writable & S_IWOTH != 0 { return "\(step.path) is writable by everyone (\(mode)); chmod go-w \(step.path)" }
        return "\(step.path) is writable by group \(information.st_gid) (\(mode)); chmod g-w \(step.path)"
    }

    private static func isReadOnly(_ path: FilePath) -> Bool {
        var information = statvfs()
        return path.withPlatformString { statvfs($0, &information) } == 0 && information.f_flag & UInt(ST_RDONLY) != 0
    }

    private static func isMapped(_ user: uid_t) -> Bool {
        guard let text = try? Files.read("/proc/self/uid_map") else { return true }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").contains { line in
            let numbers = line.split(separator: " ").compactMap { UInt64($0) }
            return numbers.count == 3 && numbers[0] <= user && UInt64(user) - numbers[0] < numbers[2]
        }
    }
}
