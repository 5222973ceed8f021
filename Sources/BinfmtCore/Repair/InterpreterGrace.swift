// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Gives an interpreter that disappears some time to come back: a package manager may remove it before it installs the
/// new one.
package struct InterpreterGrace: Sendable {
    package static let period = HostFacts.vanishedGrace

    /// The files that the last look found.
    private var last: [HashedPath: InterpreterFile] = [:]
    private var goneSince: [FilePath: Duration] = [:]

    package init() {}

    /// Records a look at all interpreters.
    ///
    /// - Parameters:
    ///   - now: the time since some fixed moment.
    ///   - known: paths that existed before the first look; evaluated only if one is missing at its first look.
    /// - Returns: the interpreters that disappeared and may still come back.
    package mutating func look(
        _ files: [HashedPath: InterpreterFile], at now: Duration, known: @autoclosure () -> [FilePath] = []
    ) -> Set<FilePath> {
        var new: [FilePath] = []
        for (path, file) in files where file.identity == nil {
            if let before = last[path] {
                if before.identity != nil { goneSince[path.path] = now }
            } else {
                new.append(path.path)
            }
        }
        if !new.isEmpty {
            let known = Set(known())
            for path in new where known.contains(path) { goneSince[path] = now }
        }
        last = files
        goneSince = goneSince.filter { path, since in
            guard let file = files[HashedPath(path)] else { return false }
            return file.identity == nil && now - since < Self.period
        }
        return Set(goneSince.keys)
    }

    /// The time until the first of them is given up.
    package func remaining(at now: Duration) -> Duration? {
        goneSince.values.map { $0 + Self.period - now }.min()
    }
}
