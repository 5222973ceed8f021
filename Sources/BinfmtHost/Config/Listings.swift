// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The names in directories, so that a directory is listed again only when stat(2) says something else of it.
struct Listings {
    private var known: [HashedPath: Listing] = [:]

    private struct Listing {
        let stamp: FileStamp
        let isSettled: Bool
        let names: [[UInt8]]
    }

    /// The names in a directory; none where it does not exist.
    ///
    /// - Throws: the errno of looking at it, opendir(3) or readdir(3).
    mutating func names(in directory: ResolvedPath, _ path: FilePath) throws(Errno) -> [[UInt8]] {
        let tick = Clock.lastTick()
        let stat: Stat
        do { stat = try directory.stat.get() } catch .noSuchFileOrDirectory { return [] }
        let stamp = FileStamp(stat)
        if let listing = known[HashedPath(path)], listing.isSettled, listing.stamp == stamp { return listing.names }
        let names = try Directory.items(in: path).map(\.name)
        known[HashedPath(path)] = Listing(stamp: stamp, isSettled: stamp.isSettled(at: tick), names: names)
        return names
    }
}
