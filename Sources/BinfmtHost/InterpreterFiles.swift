// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Looks interpreters' files up.
package enum InterpreterFiles {
    /// What each path of a configuration leads to.
    package static func look(at configuration: Configuration) -> [FilePath: InterpreterFile] {
        var safety = PathSafety()
        var files: [FilePath: InterpreterFile] = [:]
        for entry in configuration.entries where entry.isEnabled {
            for path in entry.interpreters where files[path] == nil { files[path] = look(at: path, &safety) }
        }
        return files
    }

    private static func look(at path: FilePath, _ safety: inout PathSafety) -> InterpreterFile {
        var information = stat()
        guard path.withPlatformString({ stat($0, &information) }) == 0 else { return .missing(.last) }
        return .present(FileIdentity(information), hazard: safety.hazard(of: path))
    }
}
