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
    package init(path: FilePath, untrusted hazard: Hazard) {
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
