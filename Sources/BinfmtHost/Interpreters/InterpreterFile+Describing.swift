// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension InterpreterFile {
    /// The details of an interpreter's file that `binfmtctl status` shows.
    package struct Description {
        package let identity: FileIdentity
        package let isDynamic: Bool
        /// The user ID of its owner.
        package let owner: UInt32
        /// Why a user other than root could change it.
        package let hazard: Hazard?

        /// Such as "5.1 MB".
        package var size: String {
            let (bytes, units) = (Double(identity.size), ["kB", "MB"])
            let scaled = bytes < 1e6 ? bytes / 1e3 : bytes / 1e6
            let tenths = Int((scaled * 10).rounded())
            return "\(tenths / 10).\(tenths % 10) \(units[bytes < 1e6 ? 0 : 1])"
        }

        /// - Returns: nil if there is no file.
        package init?(_ path: FilePath) {
            guard let stat = try? Stat(path) else { return nil }
            let start = try? Files.read(path, limit: ELFLoader.window)
            identity = FileIdentity(stat)
            isDynamic = start.flatMap(ELFLoader.isNeeded) ?? false
            owner = stat.userID.rawValue
            hazard = (try? PathResolver().hazard(of: path)) ?? nil
        }
    }
}
