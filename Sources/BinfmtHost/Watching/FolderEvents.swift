// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Tells what happens in folders (inotify(7)): the daemon's event loop, or what a command waits with.
package protocol FolderEvents: AnyObject {
    /// - Parameters:
    ///   - mask: inotify(7)'s.
    ///   - action: gets the event's mask and the name that it is about, empty for the folder itself.
    /// - Returns: what keeps the action being called, as long as it is kept.
    /// - Throws: the errno of inotify_add_watch(2).
    func watch(
        _ folder: FilePath, _ mask: Int32, _ action: @escaping (UInt32, [UInt8]) -> Void
    ) throws(Errno) -> AnyObject
}
