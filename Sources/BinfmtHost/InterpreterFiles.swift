// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Looks interpreters' files up.
package enum InterpreterFiles {
    /// What each path of a configuration leads to.
    package static func look(at configuration: Configuration) -> [FilePath: InterpreterFile] {
        var files: [FilePath: InterpreterFile] = [:]
        for entry in configuration.entries where entry.isEnabled {
            for path in entry.interpreters where files[path] == nil { files[path] = look(at: path) }
        }
        return files
    }

    private static func look(at path: FilePath) -> InterpreterFile {
        var information = stat()
        return stat(path.string, &information) == 0 ? .present(FileIdentity(information)) : .missing(.last)
    }
}
