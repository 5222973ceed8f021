// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Remembers each file as it was when it last could be taken whole, so that a broken edit changes nothing.
package struct LastGoodFiles<File: DeclaringFile> {
    private var good: [File] = []

    package init() {}

    /// The files to go by: a broken one is replaced by its last good version, with the complaints of the broken one.
    /// Without a good version it stands as it is, with whatever in it could be taken.
    package mutating func substitutingLastGood(_ files: [File]) -> [File] {
        // By their places: to search the files themselves has types looked up at run time, a fifteenth of a start.
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
            let consequence =
                lastGood == nil
                ? "ignored. No entry is unregistered until the file is fixed"
                : "keeping the last valid version of this file"
            result.issues = file.issues.map { issue in
                var issue = issue
                if issue.severity == .error { issue.consequence = issue.consequence ?? consequence }
                return issue
            }
            return result
        }
    }
}
