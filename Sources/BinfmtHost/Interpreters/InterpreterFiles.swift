// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// Looks interpreters' files up.
package struct InterpreterFiles {
    /// What each path led to the last time.
    private var known: [HashedPath: InterpreterFile] = [:]
    /// Those of them of which it was asked whether they need a loader.
    private var lookedForLoader: Set<HashedPath> = []
    /// Whether a file needs a loader; it is read once as long as it is the same.
    private var dynamic: [FileIdentity: Bool] = [:]
    private let trusted: uid_t

    /// - Parameter trusted: a user besides root who may change an interpreter.
    package init(trusting trusted: uid_t = 0) { self.trusted = trusted }

    /// Has the next look find out anew what these paths lead to; nil for all.
    package mutating func forget(_ paths: [FilePath]?) {
        guard let paths else { return known = [:] }
        for path in paths { known[HashedPath(path)] = nil }
    }

    /// What each path of a configuration leads to. One that is known is not looked at again until it is forgotten.
    package mutating func look(at configuration: Configuration) -> [HashedPath: InterpreterFile] {
        var safety = PathSafety(trusting: trusted)
        var files: [HashedPath: InterpreterFile] = [:]
        // Of an offer nobody said that it should work in a container, and to read 30 emulators takes its time.
        let pinned = configuration.entries.filter { !$0.isOffer && $0.flags.contains(.fixBinary) }
        let looksForLoader = Set(pinned.lazy.flatMap(\.interpreters).map(HashedPath.init))
        for entry in configuration.entries where entry.isEnabled {
            for path in entry.interpreters.lazy.map(HashedPath.init) where files[path] == nil {
                let forLoader = looksForLoader.contains(path)
                if let file = known[path], file.failure == nil, lookedForLoader.contains(path) == forLoader {
                    files[path] = file
                } else {
                    files[path] = look(at: path.path, &safety, forLoader: forLoader)
                }
            }
        }
        known = files
        lookedForLoader = looksForLoader
        let current = Set(files.values.lazy.compactMap(\.identity))
        dynamic = dynamic.filter { current.contains($0.key) }
        return files
    }

    private mutating func look(
        at path: FilePath, _ safety: inout PathSafety, forLoader looksForLoader: Bool
    ) -> InterpreterFile {
        var information = stat()
        guard path.withPlatformString({ stat($0, &information) }) == 0 else { return .missing(.last) }
        let identity = FileIdentity(information)
        do {
            return .present(
                identity, hazard: try safety.hazard(of: path), isDynamic: looksForLoader && isDynamic(path, identity))
        } catch { return .missing(error) }
    }

    /// - Returns: nil where nothing is.
    static func identity(of path: FilePath) -> FileIdentity? {
        var information = stat()
        return path.withPlatformString { stat($0, &information) } == 0 ? FileIdentity(information) : nil
    }

    /// What a person would want to know of an interpreter's file.
    package struct Description {
        package let identity: FileIdentity
        package let isDynamic: Bool
        /// Such as "root".
        package let owner: String
        /// Why somebody other than root could change it.
        package let hazard: Hazard?

        /// Such as "5.1 MB".
        package var size: String {
            let (bytes, units) = (Double(identity.size), ["kB", "MB"])
            let scaled = bytes < 1e6 ? bytes / 1e3 : bytes / 1e6
            let tenths = Int((scaled * 10).rounded())
            return "\(tenths / 10).\(tenths % 10) \(units[bytes < 1e6 ? 0 : 1])"
        }
    }

    /// - Returns: nil where there is no file.
    package static func describe(_ path: FilePath) -> Description? {
        var information = stat()
        guard path.withPlatformString({ stat($0, &information) }) == 0 else { return nil }
        var safety = PathSafety()
        let start = try? Files.read(path, limit: ELFLoader.window)
        return Description(
            identity: FileIdentity(information), isDynamic: start.flatMap(ELFLoader.isNeeded) ?? false,
            owner: information.st_uid == 0 ? "root" : "user \(information.st_uid)",
            hazard: (try? safety.hazard(of: path)) ?? nil)
    }

    /// What is wrong with a file that the kernel would not open to execute it.
    static func obstacle(at path: FilePath) -> KernelRefusal.Obstacle? {
        var information = stat()
        guard path.withPlatformString({ stat($0, &information) }) == 0 else { return nil }
        if information.st_mode & S_IFMT != S_IFREG { return .notAFile }
        let mode = information.st_mode & 0o7777
        if mode & (S_IXUSR | S_IXGRP | S_IXOTH) == 0 { return .notExecutable(mode: mode) }
        var mount = statvfs()
        if path.withPlatformString({ statvfs($0, &mount) }) == 0, mount.f_flag & UInt(BINFMT_ST_NOEXEC) != 0 {
            return .noexec
        }
        var label = [UInt8](repeating: 0, count: 256)
        let count = path.withPlatformString { getxattr($0, "security.selinux", &label, label.count) }
        if count <= 0 { return nil }
        return .labelled(label[..<count].prefix { $0 != 0 }.printable)
    }

    private mutating func isDynamic(_ path: FilePath, _ identity: FileIdentity) -> Bool {
        if let known = dynamic[identity] { return known }
        guard let start = try? Files.read(path, limit: ELFLoader.window) else { return false }
        let isDynamic = ELFLoader.isNeeded(start) ?? false
        dynamic[identity] = isDynamic
        return isDynamic
    }
}
