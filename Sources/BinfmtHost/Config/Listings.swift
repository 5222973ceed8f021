// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
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
        in directory: ResolvedPath, _ path: FilePath, of kind: ConfigTree.Kind
    ) throws(Errno) -> [FilePath] {
        let tick = Clock.lastTick()
        let stat: Stat
        do { stat = try directory.stat.get() } catch .noSuchFileOrDirectory { return [] }
        let stamp = FileStamp(stat)
        if let listing = known[HashedPath(path)], listing.isSettled, listing.stamp == stamp { return listing.paths }
        let names = try Directory(path).items().map(\.name)
        let paths = names.filter { ConfigTree.isConfigFileName($0, of: kind) }.map { path.appending(name: $0) }
        known[HashedPath(path)] = Listing(stamp: stamp, isSettled: stamp.isSettled(at: tick), paths: paths)
        return paths
    }
}
