// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The versions that emulators print. Each file is executed once, because many entries may share it, and a follower asks
/// again and again.
package final class EmulatorVersions {
    /// How long an emulator may take.
    private let limit: Duration
    private var known: [FileIdentity: String?] = [:]

    package init(limit: Duration = .seconds(2)) { self.limit = limit }

    /// - Returns: nil if the file is no emulator, does not exist, or could be another user's.
    package func version(of path: FilePath) -> String? {
        guard let file = InterpreterFile.Description(path), file.isEmulator else { return nil }
        return version(of: path.string, file.identity)
    }

    /// - Parameter identity: the file at the path; nil if that is not known.
    func version(of path: String, _ identity: FileIdentity?) -> String? {
        if let identity, let known = known[identity] { return known }
        let version = Emulator.version(of: path, limit)
        if let identity { known[identity] = version }
        return version
    }
}
