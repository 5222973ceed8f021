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
        let isSettled: Bool
        let paths: [FilePath]
    }

    /// The configuration files in a directory; none if the directory does not exist.
    ///
    /// - Throws: the errno of stat(2), opendir(3) or readdir(3).
    mutating func paths(
        in path: FilePath, _ found: Result<Stat, Errno>, of kind: ConfigTree.Kind
    ) throws(Errno) -> [FilePath] {
        let tick = Clock.lastTick()
        let stat: Stat
        do { stat = try found.get() } catch .noSuchFileOrDirectory { return [] }
        let stamp = FileStamp(stat)
        if let listing = known[HashedPath(path)], listing.isSettled, listing.stamp == stamp { return listing.paths }
        let names = try Directory(path).items().map(\.name)
        let paths = names.filter { ConfigTree.isConfigFileName($0, of: kind) }.map { path.appending(name: $0) }
        let isSettled = stamp.isSettled(at: tick) && !Self.isMerged(path)
        known[HashedPath(path)] = Listing(stamp: stamp, isSettled: isSettled, paths: paths)
        return paths
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
