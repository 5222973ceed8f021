// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// A cache of directory listings: a directory is listed again only if its stat(2) result has changed.
struct Listings {
    private var known: [HashedPath: Listing] = [:]

    private struct Listing {
        let stamp: FileStamp
        let content: Content
    }

    /// The files in a directory.
    struct Content {
        /// The configuration files.
        var paths: [FilePath] = []
        /// Files that are perhaps meant to be such.
        var misnamed: [MisnamedFile] = []
        /// Whether stat(2) of the directory tells every later change.
        var isSettled = true
    }

    /// The files in a directory; none if the directory does not exist.
    ///
    /// - Throws: the errno of stat(2), opendir(3) or readdir(3).
    mutating func files(
        in path: FilePath, _ found: Result<Stat, Errno>, of kind: ConfigTree.Kind
    ) throws(Errno) -> Content {
        let tick = Clock.lastTick()
        let stat: Stat
        do { stat = try found.get() } catch .noSuchFileOrDirectory { return Content() }
        let stamp = FileStamp(stat)
        if let listing = known[HashedPath(path)], listing.content.isSettled, listing.stamp == stamp {
            return listing.content
        }
        var content = Content()
        for item in try Directory(path).items() {
            let file = path.appending(name: item.name)
            if kind != .main, ConfigTree.isConfigFileName(item.name, of: kind) {
                content.paths.append(file)
            } else if let misnamed = MisnamedFile(file, of: kind) {
                content.misnamed.append(misnamed)
            }
        }
        content.misnamed.sort { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
        content.isSettled = stamp.isSettled(at: tick) && !Self.isMerged(path)
        known[HashedPath(path)] = Listing(stamp: stamp, content: content)
        return content
    }

    /// Whether a directory shows what others have, too, of which stat(2) does not tell: with the next overlay of the same
    /// place (systemd-sysext(8)) it may say the same of other files.
    private static func isMerged(_ directory: FilePath) -> Bool {
        var information = statfs()
        if directory.withPlatformString({ statfs($0, &information) }) != 0 { return true }
        return Int(information.f_type) == overlay
    }

    /// `OVERLAYFS_SUPER_MAGIC`
    private static let overlay = 0x794c_7630
}
