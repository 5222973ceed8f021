// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension InterpreterFile {
    /// The details of an interpreter's file that `binfmtctl status` shows.
    package struct Description {
        package let identity: FileIdentity
        /// The kind of file, in words: "statically linked", "a script for /bin/sh", "a directory".
        package let kind: String
        /// Whether it is a program that tells its version.
        package let isEmulator: Bool
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
            let start = stat.type == .regular ? try? Files.read(path, limit: ELFLoader.window) : nil
            identity = FileIdentity(stat)
            kind = Self.kind(stat, start)
            owner = stat.userID.rawValue
            hazard = (try? PathResolver().hazard(of: path)) ?? nil
            let isProgram = start.flatMap { ELFIdentity(header: $0) } != nil && KernelRefusal.Obstacle(stat) == nil
            // A file that users other than root can modify is not executed to ask its version.
            isEmulator = isProgram && hazard == nil && path.isQemu
        }

        private static func kind(_ stat: Stat, _ start: [UInt8]?) -> String {
            switch stat.type {
            case .regular: break
            case .directory: return "a directory"
            default: return "not a regular file"
            }
            guard let start else { return "cannot be read" }
            if let script = ScriptLine(header: Array(start.prefix(MagicPattern.window))) {
                return "a script for \(script.interpreter.printable)"
            }
            switch ELFLoader.isNeeded(start) {
            case true?: return "dynamically linked"
            case false?: return "statically linked"
            case nil: return "not an ELF program"
            }
        }
    }
}
