// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// A configuration file that a command line names, with its text.
package struct NamedFile {
    /// The path as it was typed; "-" is standard input.
    package let path: FilePath
    package let format: ConfigFormat
    package let text: Result<[UInt8], Errno>

    package var isStandardInput: Bool { path == Self.standardInput }

    private static let standardInput: FilePath = "-"

    /// Reads the file.
    ///
    /// - Parameter format: nil for the one that its name or else its text implies.
    package init(_ path: FilePath, as format: ConfigFormat? = nil) {
        self.path = path
        do throws(Errno) {
            let text =
                path == Self.standardInput
                ? try Files.read(.standardInput, limit: ConfigFile.readLimit)
                : try Files.read(path, limit: ConfigFile.readLimit)
            self.text = .success(text)
            self.format = format ?? ConfigFormat(nameOf: path) ?? ConfigFormat(sniffing: text)
        } catch {
            text = .failure(error)
            self.format = format ?? ConfigFormat(nameOf: path) ?? .toml
        }
    }
}
