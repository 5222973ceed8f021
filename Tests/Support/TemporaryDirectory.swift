// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage

/// A directory that is removed with this object.
package final class TemporaryDirectory {
    package let path: FilePath

    package init() {
        var template = Array("/tmp/binfmtd-test.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("mkdtemp: errno \(errno)") }
        path = FilePath(platformString: template)
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    /// Writes a file like an editor that replaces the old one, and creates the directories above it.
    package func write(_ text: String, to file: String) throws {
        let url = URL(filePath: path.appending(file).string)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url, options: .atomic)
    }

    /// Writes an executable file.
    ///
    /// - Returns: its path.
    package func writeProgram(_ image: [UInt8], to file: String) throws -> FilePath {
        let program = path.appending(file)
        let url = URL(filePath: program.string)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(image).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.string)
        return program
    }

    package func makeDirectory(_ directory: String) throws {
        try FileManager.default.createDirectory(
            atPath: path.appending(directory).string, withIntermediateDirectories: true)
    }

    /// Makes a symbolic link; the directory above it exists.
    package func link(_ file: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: path.appending(file).string, withDestinationPath: target)
    }

    package func remove(_ file: String) throws {
        try FileManager.default.removeItem(atPath: path.appending(file).string)
    }
}
