// SPDX-License-Identifier: Apache-2.0

/// What a walk consisted of.
struct WalkFigures: CustomStringConvertible {
    let execs: Int
    /// The execs that fell into a gap that another program made.
    let excused: Int
    let passes: Int
    let daemons: Int
    /// What each settled daemon used.
    let footprints: [Footprint]
    let time: Duration

    /// By how many kB a daemon's memory has grown in the last quarter, in which it is not killed.
    var growth: Int {
        guard let last = footprints.last else { return 0 }
        return last.privateDirty - footprints[footprints.count * 3 / 4].privateDirty
    }

    var description: String {
        "\(execs) execs (\(excused) excused) and \(passes) passes of \(daemons) daemons in \(time.components.seconds) s; "
            + "at last \(footprints.last.map { "\($0)" } ?? "")"
    }
}
