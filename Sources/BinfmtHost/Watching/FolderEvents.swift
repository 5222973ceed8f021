// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A source of directory events (inotify(7)): the daemon's event loop, or ``Inotify`` for a command that waits.
package protocol FolderEvents: AnyObject {
    /// - Parameters:
    ///   - mask: inotify(7)'s mask.
    ///   - action: called with each event's mask and file name, which is empty for the directory itself.
    /// - Returns: an object that keeps the watch alive.
    /// - Throws: the errno of inotify_add_watch(2).
    func watch(
        _ directory: FilePath, _ mask: Int32, _ action: @escaping (UInt32, [UInt8]) -> Void
    ) throws(Errno) -> AnyObject
}
