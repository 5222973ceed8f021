// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Gives a configuration file that goes away, or becomes empty, a moment to come back: some editors move the old file
/// away before they write the new one, others empty it first.
package struct FileGrace: Sendable {
    package static let period = Duration.milliseconds(200)

    private var known: Set<FilePath> = []
    private var goneSince: [FilePath: Duration] = [:]

    package init() {}

    /// Takes note of the files that count now.
    ///
    /// - Parameter now: the time since some fixed moment.
    package mutating func look(_ files: [FilePath], at now: Duration) {
        let files = Set(files)
        for path in known.subtracting(files) { goneSince[path] = now }
        goneSince = goneSince.filter { !files.contains($0.key) && now - $0.value < Self.period }
        known = files
    }

    /// How long it is until the last of those that are gone is given up; nil if none is awaited.
    package func remaining(at now: Duration) -> Duration? {
        goneSince.values.map { max(.zero, $0 + Self.period - now) }.max()
    }
}
