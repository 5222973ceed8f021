// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// Tells when what some paths lead to may have changed: files, folders that do not exist yet, and every link on the
/// way. It answers no more than "look again".
package final class FolderWatch {
    private let events: any FolderEvents
    private let onChange: () -> Void
    private var sources: [FilePath: (source: AnyObject, folder: Identity)] = [:]
    /// For each watched folder, the names in it that matter; nil for all.
    private var folders: [FilePath: Set<[UInt8]>?] = [:]
    /// What `folders` was made from; nil once something has happened in one of them.
    private var paths: Set<FilePath>?

    /// Which folder a path leads to.
    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t
    }

    package init(_ events: any FolderEvents, onChange: @escaping () -> Void) {
        self.events = events
        self.onChange = onChange
    }

    /// To be called when something was mounted, of which a folder below it has no event: the next ``watch(_:)`` looks
    /// where each path leads now.
    package func forgetPaths() { paths = nil }

    /// Watches these paths and no others.
    ///
    /// - Returns: whether other folders are watched than before; then something may have changed unseen, and whoever
    ///   has looked already must look again.
    /// - Throws: the errno of inotify_add_watch(2), such as ENOSPC where the user's limit is reached; that of a look on
    ///   the way which may succeed the next time: what was watched still is, until it does.
    package func watch(_ paths: Set<FilePath>) throws(Errno) -> Bool {
        if paths == self.paths { return false }
        var wanted: [FilePath: Set<[UInt8]>?] = [:]
        for path in paths { try Self.follow(path, &wanted) }
        let found = wanted.keys.reduce(into: [:]) { $0[$1] = Self.identity(of: $1) }
        let kept = sources.filter { found[$0.key] == $0.value.folder }
        let isSame = kept.count == sources.count && kept.count == wanted.count
        sources = kept
        folders = wanted
        var failure: Errno?
        for folder in wanted.keys where sources[folder] == nil {
            guard let identity = found[folder] else { continue }
            do {
                let source = try events.watch(folder, Self.mask) { [unowned self] mask, name in
                    handle(folder, mask, name)
                }
                sources[folder] = (source, identity)
            } catch .noSuchFileOrDirectory, .notDirectory {
                // It went away since it was looked up; the folder above it has the event.
                continue
            } catch {
                failure = error
            }
        }
        // What changed while the watches were made shows at the next walk only.
        self.paths = isSame && failure == nil ? paths : nil
        if let failure { throw failure }
        return !isSame
    }

    /// - Returns: nil where nothing is.
    private static func identity(of folder: FilePath) -> Identity? {
        var information = stat()
        guard folder.withPlatformString({ lstat($0, &information) }) == 0 else { return nil }
        return Identity(device: information.st_dev, inode: information.st_ino)
    }

    private static let mask =
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF
        | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK

    private func handle(_ folder: FilePath, _ mask: UInt32, _ name: [UInt8]) {
        let selfEvents = UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT | IN_Q_OVERFLOW)
        if mask & selfEvents != 0 {
            // The watch is gone, or is on a folder that is elsewhere now.
            sources[folder] = nil
        } else {
            guard let names = folders[folder] else { return }
            if let names, !names.contains(name) { return }
            if mask & UInt32(IN_CREATE) != 0, Self.willBeWritten(folder, name) { return }
        }
        paths = nil
        onChange()
    }

    /// Whether a new name is that of a plain file which its maker has yet to fill and close: empty, it would be taken
    /// for a mask.
    private static func willBeWritten(_ folder: FilePath, _ name: [UInt8]) -> Bool {
        guard let component = FilePath.Component(String(decoding: name, as: UTF8.self)) else { return false }
        var information = stat()
        guard lstat(folder.appending(component).string, &information) == 0 else { return !Errno.last.isTransient }
        return information.st_mode & S_IFMT == S_IFREG && information.st_nlink == 1 && information.st_size == 0
    }

    /// Notes each folder in which a change would make the path lead elsewhere.
    private static func follow(_ path: FilePath, _ wanted: inout [FilePath: Set<[UInt8]>?]) throws(Errno) {
        let walk = PathWalk(path)
        if let failure = walk.failure, failure.isTransient { throw failure }
        for step in walk.steps where step.type != S_IFDIR {
            guard let name = step.path.lastComponent else { continue }
            note(step.path.removingLastComponent(), Array(name.string.utf8), &wanted)
        }
        if let folder = walk.folder { wanted[folder] = .some(nil) }
    }

    private static func note(_ folder: FilePath, _ name: [UInt8], _ wanted: inout [FilePath: Set<[UInt8]>?]) {
        switch wanted[folder] {
        case .none: wanted[folder] = [name]
        case .some(.none): break
        case .some(.some(let names)): wanted[folder] = names.union([name])
        }
    }
}
