// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Reports what happens in directories (inotify(7)): the daemon's event loop, or what a command waits with.
package protocol FolderEvents: AnyObject {
    /// - Parameters:
    ///   - mask: inotify(7)'s.
    ///   - action: called with each event's mask and the name that it is about, empty for the directory itself.
    /// - Returns: an object that keeps the watch alive.
    /// - Throws: the errno of inotify_add_watch(2).
    func watch(
        _ folder: FilePath, _ mask: Int32, _ action: @escaping (UInt32, [UInt8]) -> Void
    ) throws(Errno) -> AnyObject
}
