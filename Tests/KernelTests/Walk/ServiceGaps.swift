// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// The times in which a protected file may be unserved, because another program has just removed what served it. Only
/// deeds on the registry make one.
struct ServiceGaps {
    private var open: [Int: (start: Int, passes: Int)] = [:]
    private var ended: [Int: [ClosedRange<Int>]] = [:]

    /// The passes after a deed by which its gap is over: one may have looked before the deed, and act after it.
    private static let passes = 2

    /// The time in ns, on the clock of the storm.
    static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// Notes that another program is about to change what serves these files.
    ///
    /// - Parameter passes: the number of the daemon's passes so far.
    mutating func begin(_ files: some Sequence<Int>, passes: Int) {
        for file in files { open[file] = (open[file]?.start ?? Self.now(), passes) }
    }

    var isAnyOpen: Bool { !open.isEmpty }

    /// Ends each gap whose file the table shows to be served.
    ///
    /// - Parameter passes: the number of the daemon's passes so far; nil if the daemon is at rest.
    mutating func look(at table: KernelTable, passes: Int?, isServed: (Int, KernelTable) -> Bool) {
        let now = Self.now()
        for (file, gap) in open where isServed(file, table) {
            if let passes, passes < gap.passes + Self.passes { continue }
            open[file] = nil
            ended[file, default: []].append(gap.start...now)
        }
    }

    /// Whether a miss fell into one of them.
    func excuses(_ miss: Storm.Miss) -> Bool {
        if let gap = open[miss.file], miss.end >= gap.start { return true }
        return ended[miss.file]?.contains { $0.overlaps(miss.start...miss.end) } == true
    }

    /// How long before a miss the last gap had ended.
    func age(of miss: Storm.Miss) -> String {
        let last = ended[miss.file]?.map(\.upperBound).filter { $0 < miss.start }.max()
        return last.map { "\((miss.start - $0) / 1000) µs" } ?? "long"
    }

    /// Forgets those that are over, once no miss of their time is left.
    mutating func forget() { ended = ended.mapValues { $0.suffix(1) } }
}
