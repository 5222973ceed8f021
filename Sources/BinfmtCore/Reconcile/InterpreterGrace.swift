// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Gives an interpreter that goes away some time to come back: a package manager may remove it first and bring the new
/// one later.
package struct InterpreterGrace: Sendable {
    package static let period = Duration.seconds(30)

    /// What the last look found; nil before the first.
    private var last: [FilePath: InterpreterFile]?
    private var goneSince: [FilePath: Duration] = [:]

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
        let missing = files.lazy.filter { $0.value.identity == nil }.map(\.key)
        if last == nil, !missing.isEmpty {
            for path in Set(known()).intersection(missing) { goneSince[path] = now }
        }
        for path in missing where last?[path]?.identity != nil { goneSince[path] = now }
        goneSince = goneSince.filter { files[$0.key]?.identity == nil && now - $0.value < Self.period }
        last = files
        return Set(goneSince.keys).intersection(files.keys)
    }

    /// How long it is until the first of them is given up.
    package func remaining(at now: Duration) -> Duration? {
        goneSince.values.map { $0 + Self.period - now }.min()
    }
}
