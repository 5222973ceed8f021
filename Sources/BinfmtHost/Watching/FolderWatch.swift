// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// Calls `onChange` when an event may change what some paths resolve to. It passes nothing else: the reader finds out
/// by stat(2) what has to be read again.
package final class FolderWatch {
    private let events: any FolderEvents
    private let onChange: () -> Void
    private var watched: [HashedPath: Watched] = [:]
    /// Whether a directory has lost its watch since the last ``watch(_:)``, which has to be called again even if the
    /// directories are the same.
    package private(set) var hasLostWatch = false

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
    /// - Returns: whether a new directory is watched. Something in it may have changed unnoticed since the caller
    ///   looked, so that the caller has to look again.
    /// - Throws: the errno of inotify_add_watch(2), such as ENOSPC if the user's limit is reached. All other
    ///   directories are watched.
    package func watch(_ dependencies: PathDependencies) throws(Errno) -> Bool {
        let directories = dependencies.directories
        hasLostWatch = false
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
                // The directory was removed since the look; the directory above reports that.
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
            // The watch is gone, or its directory was moved.
            watched[directory] = nil
            hasLostWatch = true
            return onChange()
        }
        guard let interest = watched[directory]?.interest else { return }
        // An event without a name is about the directory itself, whose mode may now let other users write.
        guard name.isEmpty || interest.isWhole || interest.names.contains(name) else { return }
        if mask & UInt32(IN_CREATE) != 0, Self.willBeWritten(directory.path.appending(name: name)) { return }
        onChange()
    }

    /// Whether a new name is a regular file that its creator has yet to write and close, which raises another event.
    private static func willBeWritten(_ path: FilePath) -> Bool {
        do {
            let stat = try Stat(path, followTargetSymlink: false)
            return stat.type == .regular && stat.linkCount == 1 && stat.size == 0
        } catch { return !error.isTransient }
    }
}

extension PathDependencies.Interest {
    /// Whether a watch for the other interest is on the same directory, with the same events.
    fileprivate func isSameDirectory(as other: PathDependencies.Interest) -> Bool {
        directory == other.directory && hasFiles == other.hasFiles
    }
}
