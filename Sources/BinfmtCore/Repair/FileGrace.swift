// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Gives a configuration file that disappears, or becomes empty, a moment to come back: some editors move the old file
/// away before they write the new one, others truncate it first.
package struct FileGrace: Sendable {
    package static let period = Duration.milliseconds(200)

    private var known: [FilePath] = []
    private var goneSince: [FilePath: Duration] = [:]

    package init() {}

    /// Records the files that are effective now.
    ///
    /// - Parameter now: the time since some fixed moment.
    package mutating func look(_ files: [FilePath], at now: Duration) {
        if files != known {
            let present = Set(files)
            for path in known where !present.contains(path) { goneSince[path] = now }
            for path in files { goneSince[path] = nil }
            known = files
        }
        goneSince = goneSince.filter { now - $0.value < Self.period }
    }

    /// The time until the last missing file is given up; nil if none is awaited.
    package func remaining(at now: Duration) -> Duration? {
        goneSince.values.map { max(.zero, $0 + Self.period - now) }.max()
    }
}
