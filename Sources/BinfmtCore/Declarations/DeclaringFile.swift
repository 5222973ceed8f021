// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A configuration file that was read, in any format.
package protocol DeclaringFile {
    var path: FilePath { get }
    var issues: [Issue] { get set }
    /// A file without any declaration.
    init(path: FilePath)
    /// Notes that the file is broken, and that no valid version of it is known.
    mutating func markPartial()
}

extension DeclaringFile {
    package mutating func markPartial() {}
}

extension DeclaringFile {
    /// A file without declarations, with one issue.
    package init(issue: Issue) {
        self.init(path: issue.location.file)
        issues = [issue]
    }

    /// A file that a user other than root could have written.
    package init(path: FilePath, untrusted hazard: Hazard) {
        self.init(path: path)
        issues = [Issue(.error, .untrusted, at: SourceLocation(file: path), "\(hazard)")]
    }

    /// A file that could not be read.
    package init(path: FilePath, unreadable error: Errno) {
        self.init(path: path)
        var issue = Issue(.error, .unreadable, at: SourceLocation(file: path), "cannot read it: \(error)")
        issue.isTransient = error.isTransient
        issues = [issue]
    }

    /// Whether a declaration in it was ignored.
    package var isBroken: Bool { issues.contains { $0.severity == .error } }
}
