// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Gives an interpreter that goes away some time to come back: a package manager may remove it first and bring the new
/// one later.
package struct InterpreterGrace: Sendable {
    package static let period = Duration.seconds(30)

    private var seen: Set<FilePath> = []
    private var goneSince: [FilePath: Duration] = [:]
    private var hasLooked = false

    package init() {}

    /// Takes note of a look at all interpreters.
    ///
    /// - Parameters:
    ///   - now: the time since some fixed moment.
    ///   - known: paths that were there before the first look; asked for only where one of the files is missing then.
    /// - Returns: those that went away and may still come back.
    package mutating func look(
        _ files: [FilePath: InterpreterFile], at now: Duration, known: @autoclosure () -> [FilePath] = []
    ) -> Set<FilePath> {
        if !hasLooked, files.values.contains(where: { $0.identity == nil }) { seen.formUnion(known()) }
        hasLooked = true
        for (path, file) in files {
            if file.identity != nil {
                seen.insert(path)
                goneSince[path] = nil
            } else if seen.contains(path), goneSince[path] == nil {
                goneSince[path] = now
            }
        }
        let over = goneSince.filter { now - $0.value >= Self.period }.map(\.key)
        for path in over {
            seen.remove(path)
            goneSince[path] = nil
        }
        return Set(goneSince.keys).intersection(files.keys)
    }

    /// How long it is until the first of them is given up.
    package func remaining(at now: Duration) -> Duration? {
        goneSince.values.map { $0 + Self.period - now }.min()
    }
}
