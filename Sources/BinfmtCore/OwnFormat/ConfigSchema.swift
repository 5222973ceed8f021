// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The JSON Schema of binfmtd's own files, which editors look for in the comment `#:schema`.
package enum ConfigSchema {
    /// Where a Debian package installs it.
    package static let usual: FilePath = "/usr/share/binfmtd/binfmtd.toml.schema.json"

    /// Where it is installed together with a program.
    ///
    /// - Parameter program: the path of the program's file, such as `/usr/local/bin/binfmtctl`.
    package static func installed(with program: FilePath) -> FilePath {
        let directory = program.removingLastComponent()
        guard directory.lastComponent == "bin" else { return usual }
        return directory.removingLastComponent().appending("share").appending(usual.components.suffix(2))
    }
}
