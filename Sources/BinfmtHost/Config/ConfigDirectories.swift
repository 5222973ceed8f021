// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Where configuration is found, and the reading of it.
package struct ConfigDirectories {
    /// The most local first.
    private static let places: [FilePath] = ["/etc", "/run", "/usr/local/lib", "/usr/lib"]

    private let root: FilePath
    /// Nil where files of any owner are read.
    private let safety: PathSafety?
    private var ownFiles = LastGoodFiles<ConfigFile>()
    private var binfmtDFiles = LastGoodFiles<BinfmtDFile>()
    private var binfmtsFiles = LastGoodFiles<BinfmtsFile>()
    /// What is in the directories.
    private var listed: [HashedPath: Listing] = [:]
    private var parsed = ParsedFiles()
    /// The files that took part in the last reading.
    package private(set) var filesRead: [FilePath] = []

    private struct Listing {
        let files: [DropIns.Found]
        /// Whether nothing has changed since, and everything could be looked at.
        var isCertain: Bool
    }

    /// - Parameters:
    ///   - root: what is put before every path.
    ///   - safety: refuses files that others than root can write; nil reads all.
    package init(root: FilePath = "/", safety: PathSafety?) {
        self.root = root
        self.safety = safety
    }

    var own: [FilePath] { Self.places.map { below($0.appending("binfmtd")) } }
    var mains: [FilePath] { own.map { $0.appending("binfmtd.toml") } }
    var dropIns: [FilePath] { own.map { $0.appending("entries.d") } }
    var binfmtD: [FilePath] { Self.places.map { below($0.appending("binfmt.d")) } }
    var binfmts: FilePath { below("/usr/share/binfmts") }

    /// Every path whose change can change the configuration, whether it exists or not: the directories, and the files
    /// in them, since they may be links to elsewhere.
    package var watched: [FilePath] {
        let directories = dropIns + binfmtD + [binfmts]
        return own + mains + directories + directories.flatMap { listed[HashedPath($0)]?.files ?? [] }.map(\.path)
    }

    private func below(_ path: FilePath) -> FilePath { root.pushing(path.removingRoot()) }
}

extension ConfigDirectories {
    /// Has the next reading look at these anew, as far as they are among ``watched``: what they say, and who could change
    /// them.
    ///
    /// - Parameter paths: what may have changed; nil for all.
    package mutating func forget(_ paths: [FilePath]?) {
        guard let paths else {
            for directory in listed.keys { listed[directory]?.isCertain = false }
            return parsed.doubtAll()
        }
        for path in paths {
            listed[HashedPath(path)]?.isCertain = false
            parsed.doubt(path)
        }
    }

    /// Reads what may have changed since the last time. Where a file is broken that was good before, its last good version
    /// stands in for it.
    package mutating func read() -> Configuration {
        var unreadable: [ConfigFile] = []
        var safety = safety
        var parsed = parsed
        defer { self.parsed = parsed.used }
        func file<File: DeclaringFile>(_ path: FilePath, _ parse: (FilePath, [UInt8]) -> File) -> File {
            parsed.known(path) ?? Self.trusted(path, &safety) { parsed.file($0, text: $1, parse) }
        }
        let main = mains.first(where: Self.exists)
        let found = DropIns(dropIns.map { listAgain($0, suffix: ".toml", &unreadable) })
        let paths = (main.map { [$0] } ?? []) + found.effective
        let files = ownFiles.substitutingLastGood(paths.map { file($0, ConfigFile.init) })

        let settings = Configuration.daemonSettings(files)
        var lines: [BinfmtDFile] = []
        var masked: [Configuration.Masked] = []
        if settings.readsBinfmtD {
            let found = DropIns(binfmtD.map { listAgain($0, suffix: ".conf", &unreadable) })
            lines = binfmtDFiles.substitutingLastGood(found.effective.map { file($0, BinfmtDFile.init) })
            for (mask, hidden) in found.masked {
                guard let hidden else { continue }
                let location = SourceLocation(file: mask)
                masked += file(hidden, BinfmtDFile.init).declarations.map {
                    Configuration.Masked(name: $0.name, mask: location)
                }
            }
        }
        var formats: [BinfmtsFile] = []
        if settings.readsBinfmts {
            let found = DropIns([listAgain(binfmts, suffix: "", &unreadable)])
            formats = binfmtsFiles.substitutingLastGood(
                found.effective.map { Self.trusted($0, &safety, Self.parseFormat) })
        }
        filesRead = files.map(\.path) + lines.map(\.path) + formats.map(\.path)
        return Configuration(files: files + unreadable, binfmtD: lines, binfmts: formats, masked: masked)
    }

    /// Lists a directory that may have changed.
    private mutating func listAgain(
        _ directory: FilePath, suffix: String, _ unreadable: inout [ConfigFile]
    ) -> [DropIns.Found] {
        if let known = listed[HashedPath(directory)], known.isCertain { return known.files }
        let (files, isCertain) = list(directory, suffix: suffix, &unreadable)
        listed[HashedPath(directory)] = Listing(files: files, isCertain: isCertain)
        return files
    }

    /// Reads a file that nobody but root could have written; any other is as good as broken.
    ///
    /// - Parameter safety: what is known of the folders already.
    private static func trusted<File: DeclaringFile>(
        _ path: FilePath, _ safety: inout PathSafety?, _ parse: (FilePath, [UInt8]) -> File
    ) -> File {
        do {
            if let hazard = try safety?.hazard(of: path) { return File(path: path, untrusted: hazard) }
        } catch { return File(path: path, unreadable: error) }
        return read(path, parse)
    }

    /// Reads these files alone, each by the format that its name tells.
    package static func read(_ paths: [FilePath]) -> Configuration {
        let toml = paths.filter { $0.extension == "toml" }
        let lines = paths.filter { $0.extension == "conf" }
        let formats = paths.filter { $0.extension != "toml" && $0.extension != "conf" }
        return Configuration(
            files: toml.map { read($0, ConfigFile.init) }, binfmtD: lines.map { read($0, BinfmtDFile.init) },
            binfmts: formats.map { read($0, parseFormat) })
    }

    /// The files of a directory that take part; a directory that cannot be read is a problem, one that is not there is
    /// empty.
    ///
    /// - Returns: them; `isCertain` is false where something could not be looked at.
    func list(
        _ directory: FilePath, suffix: String, _ unreadable: inout [ConfigFile]
    ) -> (files: [DropIns.Found], isCertain: Bool) {
        var isCertain = true
        do {
            let files = try Files.names(in: directory).compactMap { name -> DropIns.Found? in
                guard Self.isConfigFileName(name, suffix) else { return nil }
                let path = directory.appending(name: name)
                return Self.find(path, amongFolders: suffix != ".conf", &isCertain)
            }
            return (files, isCertain)
        } catch .noSuchFileOrDirectory {
            return ([], true)
        } catch {
            unreadable.append(ConfigFile(path: directory, unreadable: error))
            return ([], false)
        }
    }

    /// Hidden files do not, nor what editors and dpkg leave beside a file.
    static func isConfigFileName(_ name: [UInt8], _ suffix: String) -> Bool {
        let ending = name.split(separator: UInt8(ascii: ".")).dropFirst().last
        let isLeftover = name.last == UInt8(ascii: "~") || ending?.starts(with: "dpkg-".utf8) == true
        return name.first != UInt8(ascii: ".") && !isLeftover && name.reversed().starts(with: suffix.utf8.reversed())
    }

    /// - Parameter amongFolders: whether a folder is none of the files. Where systemd-binfmt looks it hides others of its
    ///   name, and is an error.
    /// - Returns: nil for what has gone since it was listed.
    private static func find(
        _ path: FilePath, amongFolders: Bool, _ isCertain: inout Bool
    ) -> DropIns.Found? {
        var information = stat()
        guard path.withPlatformString({ stat($0, &information) }) == 0 else {
            if Errno.last.isTransient { isCertain = false }
            // A link that leads nowhere is no file less: whoever made it meant something.
            return exists(path) ? DropIns.Found(path: path, isMask: false) : nil
        }
        let type = information.st_mode & S_IFMT
        return type == S_IFDIR && amongFolders ? nil : DropIns.Found(path: path, isMask: isMask(information))
    }

    /// As systemd's `null_or_empty_path`: an empty file, or a device such as /dev/null.
    private static func isMask(_ information: stat) -> Bool {
        let type = information.st_mode & S_IFMT
        return type == S_IFREG ? information.st_size == 0 : type == S_IFCHR || type == S_IFBLK
    }

    static func parseFormat(_ path: FilePath, _ text: [UInt8]) -> BinfmtsFile {
        BinfmtsFile(path: path, text: text, hasRunDetectors: exists(BinfmtsFile.runDetectors))
    }

    /// Whether something is there, or may be: then the reading of it tells.
    static func exists(_ path: FilePath) -> Bool {
        var information = stat()
        return path.withPlatformString { lstat($0, &information) } == 0 || Errno.last.isTransient
    }

    static func read<File: DeclaringFile>(_ path: FilePath, _ parse: (FilePath, [UInt8]) -> File) -> File {
        // One byte more than the reader takes, so that it sees that there is too much.
        do { return parse(path, try Files.read(path, limit: ConfigFile.maximumSize + 1)) } catch {
            return File(path: path, unreadable: error)
        }
    }
}
