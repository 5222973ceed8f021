// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// The versions that emulators print. Each file is executed once, because many entries may share it, and a follower asks
/// again and again.
final class EmulatorVersions {
    private var known: [FileIdentity: String?] = [:]

    /// - Returns: nil if the file is no emulator, does not exist, or could be another user's.
    func version(of path: FilePath) -> String? {
        guard let file = InterpreterFile.Description(path), file.isEmulator else { return nil }
        if let version = known[file.identity] { return version }
        let version = Emulator.version(of: path.string)
        known[file.identity] = version
        return version
    }
}
