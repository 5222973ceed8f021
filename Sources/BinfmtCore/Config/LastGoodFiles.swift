// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A configuration file that was read, whatever its format.
package protocol DeclaringFile {
    var path: FilePath { get }
    var issues: [Issue] { get set }
    /// A file that says nothing.
    init(path: FilePath)
}

extension DeclaringFile {
    /// A file that somebody other than root could have written.
    ///
    /// - Parameter hazard: who, and how to mend it.
    package init(path: FilePath, untrusted hazard: String) {
        self.init(path: path)
        issues = [Issue(.error, at: SourceLocation(file: path), "it is not read: \(hazard)")]
    }

    /// A file that could not be read at all.
    package init(path: FilePath, unreadable error: Errno) {
        self.init(path: path)
        var issue = Issue(.error, at: SourceLocation(file: path), "cannot read it: \(error)")
        issue.isTransient = error.isTransient
        issues = [issue]
    }

    /// Whether something in it could not be taken.
    package var isBroken: Bool { issues.contains { $0.severity == .error } }
}

extension ConfigFile: DeclaringFile {}
extension BinfmtDFile: DeclaringFile {}
extension BinfmtsFile: DeclaringFile {}

/// Remembers each file as it was when it last could be taken whole, so that a broken edit changes nothing.
package struct LastGoodFiles<File: DeclaringFile> {
    private var good: [File] = []

    package init() {}

    /// The files to go by: a broken one is replaced by its last good version, with the complaints of the broken one.
    /// Without a good version it stands as it is, with whatever in it could be taken.
    package mutating func settle(_ files: [File]) -> [File] {
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
                ? "left out; nothing is unregistered until the file is mended"
                : "the last good version of the file stays in force"
            result.issues = file.issues.map { issue in
                var issue = issue
                if issue.severity == .error { issue.consequence = issue.consequence ?? consequence }
                return issue
            }
            return result
        }
    }
}
