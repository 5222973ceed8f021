// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// Tells when what some paths lead to may have changed: files, folders that do not exist yet, and every link on the
/// way.
package final class FolderWatch {
    private let events: any FolderEvents
    private let onChange: ([FilePath]?) -> Void
    private var sources: [HashedPath: (source: AnyObject, folder: Identity)] = [:]
    private var folders: [HashedPath: Interest] = [:]
    /// What `folders` was made from; nil once something has happened by which they may lead elsewhere.
    private var paths: [FilePath]?
    /// The folders on the way as they were then. Of what happens to most of them nobody tells.
    private var passed: [HashedPath: Identity] = [:]

    /// What matters of a folder.
    private struct Interest {
        /// The names in it that a path ends with.
        var ends: Set<[UInt8]> = []
        /// Those on the way to where some path leads, which by its own name is elsewhere.
        var ways: Set<[UInt8]> = []
        /// Whether it is one of the paths itself, so that every name matters.
        var isEnd = false
        /// Whether one of the paths leads here that by its own name is elsewhere.
        var isBehindLink = false
    }

    /// Which folder a path leads to, and who could change it.
    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t
        let mode: mode_t
        let owner: uid_t
        let group: gid_t

        init(_ information: stat) {
            device = information.st_dev
            inode = information.st_ino
            mode = information.st_mode
            owner = information.st_uid
            group = information.st_gid
        }

        func isStill(at folder: FilePath) -> Bool { PathWalk.look(at: folder).information.map(Identity.init) == self }
    }

    /// - Parameter onChange: gets the paths that may say something else now; nil if it may be any. Among them are such as
    ///   nobody watches.
    package init(_ events: any FolderEvents, onChange: @escaping ([FilePath]?) -> Void) {
        self.events = events
        self.onChange = onChange
    }

    /// To be called when something was mounted, of which a folder below it has no event: the next ``watch(_:)`` looks
    /// where each path leads now.
    package func forgetPaths() { paths = nil }

    /// Watches these paths and no others.
    ///
    /// - Returns: whether other folders are watched than before, or one on the way is another or somebody else's; then
    ///   something may have changed unseen, and whoever has looked already must look again.
    /// - Throws: the errno of inotify_add_watch(2), such as ENOSPC where the user's limit is reached; that of a look on
    ///   the way which may succeed the next time: what was watched still is, until it does.
    package func watch(_ paths: [FilePath]) throws(Errno) -> Bool {
        if paths == self.paths, passed.allSatisfy({ $0.value.isStill(at: $0.key.path) }) { return false }
        var ways = Ways()
        for path in paths { try ways.follow(path) }
        let kept = sources.filter { ways.folders[$0.key] != nil && ways.passed[$0.key] == $0.value.folder }
        let isSame =
            kept.count == sources.count && kept.count == ways.folders.count
            && passed.allSatisfy { ways.passed[$0.key] ?? $0.value == $0.value }
        passed = ways.passed
        sources = kept
        folders = ways.folders
        var failure: Errno?
        for folder in folders.keys where sources[folder] == nil {
            guard let identity = passed[folder] else { continue }
            do {
                let source = try events.watch(folder.path, Self.mask) { [unowned self] mask, name in
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

    private static let mask =
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF
        | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK

    private func handle(_ folder: HashedPath, _ mask: UInt32, _ name: [UInt8]) {
        let selfEvents = UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT | IN_Q_OVERFLOW)
        if mask & selfEvents != 0 {
            // The watch is gone, or is on a folder that is elsewhere now.
            sources[folder] = nil
            paths = nil
            return onChange(nil)
        }
        guard let interest = folders[folder] else { return }
        // Without a name it is the folder itself: whoever may write to it now could change all that is in it.
        let isOnTheWay = name.isEmpty || interest.isBehindLink || interest.ways.contains(name)
        guard isOnTheWay || interest.isEnd || interest.ends.contains(name) else { return }
        let path = folder.path.appending(name: name)
        if mask & UInt32(IN_CREATE) != 0, Self.willBeWritten(path) { return }
        // Neither what a file says nor whose it is makes a path lead elsewhere; of a folder, it may.
        let isOfFile = mask & UInt32(IN_ISDIR) == 0 && !name.isEmpty
        if !isOfFile || mask & UInt32(IN_CLOSE_WRITE | IN_ATTRIB) == 0 { paths = nil }
        onChange(isOnTheWay ? nil : [folder.path, path])
    }

    /// Whether a new name is that of a plain file which its maker has yet to fill and close: empty, it would be taken
    /// for a mask.
    private static func willBeWritten(_ path: FilePath) -> Bool {
        var information = stat()
        guard path.withPlatformString({ lstat($0, &information) }) == 0 else { return !Errno.last.isTransient }
        return information.st_mode & S_IFMT == S_IFREG && information.st_nlink == 1 && information.st_size == 0
    }

    /// The folders in which a change would make one of some paths lead elsewhere.
    private struct Ways {
        private(set) var folders: [HashedPath: Interest] = [:]
        /// All on the way.
        private(set) var passed: [HashedPath: Identity] = [:]
        /// Where the folders of paths lead, which many share; nil inside for one that leads nowhere.
        private var known: [HashedPath: FilePath?] = [:]

        mutating func follow(_ path: FilePath) throws(Errno) {
            let folder = HashedPath(path.removingLastComponent())
            if known[folder] == nil {
                let walk = PathWalk(folder.path)
                try note(walk, to: path)
                known[folder] = .some(walk.folder)
            }
            guard let place = known[folder] ?? nil, let name = path.lastComponent else { return }
            let walk = PathWalk(from: place, to: name)
            try note(walk, to: path)
            guard let end = walk.folder else { return }
            if end == path {
                folders[HashedPath(end), default: Interest()].isEnd = true
            } else {
                folders[HashedPath(end), default: Interest()].isBehindLink = true
            }
        }

        private mutating func note(_ walk: PathWalk, to path: FilePath) throws(Errno) {
            if let failure = walk.failure, failure.isTransient { throw failure }
            for step in walk.steps {
                if step.type == S_IFDIR {
                    passed[HashedPath(step.path)] = step.information.map(Identity.init)
                    continue
                }
                let folder = HashedPath(step.path.removingLastComponent())
                if step.path == path {
                    folders[folder, default: Interest()].ends.insert(step.path.nameBytes)
                } else {
                    folders[folder, default: Interest()].ways.insert(step.path.nameBytes)
                }
            }
        }
    }
}
