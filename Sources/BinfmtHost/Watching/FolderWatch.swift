// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// Says "look again" when something happens that may change what some paths lead to. It says no more than that: what
/// has to be read again, the reader finds out by stat(2).
package final class FolderWatch {
    private let events: any FolderEvents
    private let onChange: () -> Void
    private var watched: [HashedPath: Watched] = [:]

    private struct Watched {
        let source: AnyObject
        var interest: PathDependencies.Interest
    }

    package init(_ events: any FolderEvents, onChange: @escaping () -> Void) {
        self.events = events
        self.onChange = onChange
    }

    /// Watches these directories and no others.
    ///
    /// - Returns: whether a directory is watched that was not before; then something may have changed unseen since the
    ///   caller looked, and it has to look again.
    /// - Throws: the errno of inotify_add_watch(2), such as ENOSPC where the user's limit is reached. What could be
    ///   watched is.
    package func watch(_ dependencies: PathDependencies) throws(Errno) -> Bool {
        let directories = dependencies.directories
        watched = watched.filter { directories[$0.key]?.isSameDirectory(as: $0.value.interest) == true }
        var isNew = false
        var failure: Errno?
        for (directory, interest) in directories {
            if watched[directory] != nil {
                watched[directory]?.interest = interest
                continue
            }
            do {
                let source = try events.watch(directory.path, Self.mask(interest)) { [unowned self] mask, name in
                    handle(directory, mask, name)
                }
                watched[directory] = Watched(source: source, interest: interest)
                isNew = true
            } catch .noSuchFileOrDirectory, .notDirectory {
                // It went away since it was looked at, which the directory above reports.
                continue
            } catch { failure = error }
        }
        if let failure { throw failure }
        return isNew
    }

    private static func mask(_ interest: PathDependencies.Interest) -> Int32 {
        let names = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB
        let directory = IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK
        return names | directory | (interest.hasFiles ? IN_CLOSE_WRITE : 0)
    }

    private func handle(_ directory: HashedPath, _ mask: UInt32, _ name: [UInt8]) {
        let selfEvents = UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT | IN_Q_OVERFLOW)
        if mask & selfEvents != 0 {
            // The watch is gone, or on a directory that is elsewhere now.
            watched[directory] = nil
            return onChange()
        }
        guard let interest = watched[directory]?.interest else { return }
        // Without a name it is the directory itself, whose mode may let other users in.
        guard name.isEmpty || interest.isWhole || interest.names.contains(name) else { return }
        if mask & UInt32(IN_CREATE) != 0, Self.willBeWritten(directory.path.appending(name: name)) { return }
        onChange()
    }

    /// Whether a new name is a regular file that its maker has yet to fill and close, which is an event of its own.
    private static func willBeWritten(_ path: FilePath) -> Bool {
        do {
            let stat = try Stat(path, followTargetSymlink: false)
            return stat.type == .regular && stat.linkCount == 1 && stat.size == 0
        } catch { return !error.isTransient }
    }
}

extension PathDependencies.Interest {
    /// Whether a watch on that directory serves this one, too.
    fileprivate func isSameDirectory(as other: PathDependencies.Interest) -> Bool {
        device == other.device && inode == other.inode && hasFiles == other.hasFiles
    }
}
