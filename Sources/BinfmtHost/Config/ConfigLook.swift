// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// One look at the configuration files: what stat(2) says of each, who could have written it, and what it declares.
struct ConfigLook {
    private let resolver: PathResolver
    /// Nil where the files of every user are read.
    private var safety: PathSafety?
    /// The text of files as they will be; nil for one that is to be removed.
    let changes: [FilePath: [UInt8]?]
    /// Every path that was looked at.
    private(set) var paths: [ResolvedPath] = []
    private(set) var filesRead: [FilePath] = []
    private(set) var evidence = Evidence()

    /// By what another look is known to find the same.
    struct Evidence: Equatable {
        private var items: [Item] = []
        /// Whether a file could change without that being seen here.
        private(set) var isSettled = true

        private struct Item: Equatable {
            let path: FilePath
            let stamp: FileStamp?
            let hazard: Hazard?
        }

        mutating func add(_ path: FilePath, _ stamp: FileStamp? = nil, hazard: Hazard? = nil) {
            items.append(Item(path: path, stamp: stamp, hazard: hazard))
        }

        mutating func doubt() { isSettled = false }
    }

    init(_ resolver: PathResolver, _ trust: ConfigTrust, overlaying changes: [FilePath: [UInt8]?]) {
        self.resolver = resolver
        safety = trust == .rootOnly ? PathSafety(resolver) : nil
        self.changes = changes
        if !changes.isEmpty { evidence.doubt() }
    }

    mutating func resolve(_ path: FilePath) -> ResolvedPath {
        let resolved = resolver.resolve(path)
        paths.append(resolved)
        return resolved
    }

    /// What a directory has under a name; nil for what went away since it was listed.
    ///
    /// - Parameter ignoresDirectories: whether a directory is nothing.
    mutating func find(_ path: FilePath, ignoresDirectories: Bool) -> DropIns.Found? {
        if let change = changes[path] { return change.map { DropIns.Found(path: path, isMask: $0.isEmpty) } }
        let resolved = resolve(path)
        switch resolved.stat {
        case .success(let stat):
            return stat.type == .directory && ignoresDirectories
                ? nil : DropIns.Found(path: path, isMask: Self.isMask(stat))
        case .failure(let error):
            // Of a directory that leads nowhere, the resolver gives its link.
            let directory = resolver.resolve(path.removingLastComponent())
            if case .failure(.noSuchFileOrDirectory) = directory.stat { return nil }
            // A link that leads nowhere is no file less: its maker meant something.
            let isThere = if case .success = resolved.own { true } else { error.isTransient }
            return isThere ? DropIns.Found(path: path, isMask: false) : nil
        }
    }

    /// As systemd's `null_or_empty_path`: an empty file, or a device such as /dev/null.
    private static func isMask(_ stat: Stat) -> Bool {
        switch stat.type {
        case .regular: stat.size == 0
        case .characterSpecial, .blockSpecial: true
        default: false
        }
    }

    /// Whether something is there, or may be. It is evidence, too.
    mutating func exists(_ path: FilePath) -> Bool {
        switch resolve(path).stat {
        case .success:
            evidence.add(path)
            return true
        case .failure(let error):
            if error.isTransient { evidence.doubt() }
            return error.isTransient
        }
    }

    /// Notes a file whose place counts.
    mutating func note(_ path: FilePath) { evidence.add(path) }

    /// Notes that a directory could not be listed.
    mutating func doubt(_ directory: FilePath) {
        evidence.add(directory)
        evidence.doubt()
    }

    /// Reads a file that counts; one that another user could have written is as good as broken.
    mutating func file<File: DeclaringFile>(
        _ path: FilePath, _ parsed: inout ParsedFiles<File>, _ parse: (FilePath, [UInt8]) -> File
    ) -> File {
        filesRead.append(path)
        return hiddenFile(path, &parsed, parse)
    }

    /// Reads a file that does not count itself, such as one that is masked.
    mutating func hiddenFile<File: DeclaringFile>(
        _ path: FilePath, _ parsed: inout ParsedFiles<File>, _ parse: (FilePath, [UInt8]) -> File
    ) -> File {
        do throws(Errno) {
            if case .some(.some(let text)) = changes[path] {
                // It will be root's; only its directory can be unsafe.
                let directory = resolve(path.removingLastComponent())
                let hazard = try safety?.hazard(of: directory)
                return hazard.map { File(path: path, untrusted: $0) } ?? parse(path, text)
            }
            let resolved = resolver.resolve(path)
            let hazard = try safety?.hazard(of: resolved)
            let stat = try resolved.stat.get()
            evidence.add(path, FileStamp(stat), hazard: hazard)
            if let hazard { return File(path: path, untrusted: hazard) }
            let (file, isSettled) = try parsed.file(path, stat, parse)
            if !isSettled { evidence.doubt() }
            return file
        } catch {
            evidence.add(path)
            evidence.doubt()
            return File(path: path, unreadable: error)
        }
    }
}
