// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Remembers the last valid version of each file, so that a broken edit changes nothing.
package struct LastGoodFiles<File: DeclaringFile> {
    private var good: [File] = []
    /// The files of which the running daemon knows a valid version, for a process beside it.
    private let keptByDaemon: Set<FilePath>
    /// The broken files of the last call of which a valid version is in effect.
    package private(set) var kept = KeptFiles()

    package init(keptByDaemon: Set<FilePath> = []) { self.keptByDaemon = keptByDaemon }

    /// Replaces each broken file by its last valid version, with the issues of the broken one. A broken file without a
    /// valid version stays, with the declarations in it that are valid.
    package mutating func substitutingLastGood(_ files: [File]) -> [File] {
        kept = KeptFiles()
        // Searches the indices, because searching the files themselves looks up types at run time: a fifteenth of a
        // start.
        guard files.indices.contains(where: { files[$0].isBroken }) else {
            good = files
            return files
        }
        let good = Dictionary(good.map { (HashedPath($0.path), $0) }, uniquingKeysWith: { $1 })
        self.good = files.compactMap { $0.isBroken ? good[HashedPath($0.path)] : $0 }
        return files.map { file in
            guard file.isBroken else { return file }
            let lastGood = good[HashedPath(file.path)]
            var result = lastGood ?? file
            let consequence: String
            if lastGood != nil {
                kept.here.insert(file.path)
                consequence = "keeping the last valid version of this file"
            } else if keptByDaemon.contains(file.path) {
                result.markPartial()
                kept.elsewhere.insert(file.path)
                consequence = "binfmtd keeps the last valid version of this file"
            } else {
                result.markPartial()
                consequence = "ignored. No entry is unregistered until the file is fixed"
            }
            result.issues = file.issues.map { issue in
                var issue = issue
                if issue.severity == .error { issue.consequence = issue.consequence ?? consequence }
                return issue
            }
            return result
        }
    }
}
