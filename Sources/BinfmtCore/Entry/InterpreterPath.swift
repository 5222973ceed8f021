// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The rules for an interpreter's path.
package enum InterpreterPath {
    /// Why a text cannot be an interpreter's path; nil if it can. (The kernel would accept a relative path and look it up
    /// in the current directory of the program's caller.)
    package static func problem(of path: String) -> String? {
        if path.isEmpty { return "the interpreter must not be empty" }
        if path.utf8.first != UInt8(ascii: "/") { return "the interpreter must be an absolute path, not '\(path)'" }
        if path.hasControl { return "a path must not contain control characters" }
        if path.utf8.count > maximumPathLength {
            return "the path is \(path.utf8.count) bytes long; the limit is \(maximumPathLength)"
        }
        return nil
    }

    /// The number of paths of which the first that exists is taken.
    package static let maximumCandidates = 64

    /// In bytes. It leaves room in the register string's 1920 bytes for the longest name and the longest pattern, raw.
    private static let maximumPathLength = 1024
}

extension FilePath {
    /// Whether a path that leads to no file may be a program with its arguments.
    var looksLikeCommandLine: Bool { bytes.contains(UInt8(ascii: " ")) }
}
