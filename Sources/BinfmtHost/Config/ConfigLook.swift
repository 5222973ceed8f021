// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// One look at the configuration files: the stat(2) result of each, whether other users could have written it, and what
/// it declares.
struct ConfigLook {
    private let resolver: PathResolver
    /// Finds what is behind a hazard, where only that something is there matters.
    private let anywhere = PathResolver(nil)
    /// The future text of files; nil for a file that will be removed.
    let changes: [FilePath: [UInt8]?]
    /// Every path that was resolved.
    private(set) var paths: [ResolvedPath] = []
    private(set) var filesRead: [FilePath] = []
    private(set) var evidence = Evidence()
    /// Whether the evidence, with that of the resolver, tells every later change.
    private(set) var isRepeatable: Bool

    /// Evidence that a later look finds the same files: it is equal if nothing changed.
    struct Evidence: Equatable {
        private var items: [Item] = []
        /// False if a file could change without changing this evidence.
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
        self.resolver = trust == .rootOnly ? resolver : anywhere
        self.changes = changes
        isRepeatable = trust == .rootOnly
        if !changes.isEmpty { evidence.doubt() }
    }

    mutating func resolve(_ path: FilePath) -> ResolvedPath {
        let resolved = resolver.resolve(path)
        paths.append(resolved)
        return resolved
    }

    /// The file at a path that was listed; nil if it was removed since then.
    ///
    /// - Parameter ignoresDirectories: whether a directory counts as absent.
    mutating func find(_ path: FilePath, ignoresDirectories: Bool) -> DropIns.Found? {
        if let change = changes[path] { return change.map { DropIns.Found(path: path, isMask: $0.isEmpty) } }
        let resolved = resolve(path)
        let isTrusted = resolved.hazard == nil
        let way = behindHazard(resolved, path)
        switch way.stat {
        case .success(let stat):
            return stat.type == .directory && ignoresDirectories
                ? nil : DropIns.Found(path: path, isMask: Self.isMask(stat), isTrusted: isTrusted)
        case .failure(let error):
            // A dangling link still counts as a file, because somebody put it there on purpose.
            let isThere = if case .success = way.own { true } else { error.isTransient }
            return isThere ? DropIns.Found(path: path, isMask: false, isTrusted: isTrusted) : nil
        }
    }

    /// Whether a file that is not read could be meant to be: neither a directory nor a mask, nor another user's. Its path
    /// is evidence.
    mutating func isIgnored(_ path: FilePath) -> Bool {
        guard let found = find(path, ignoresDirectories: true), !found.isMask, found.isTrusted else { return false }
        evidence.add(path)
        return true
    }

    /// What stat(2) says of a directory to list.
    mutating func stat(_ directory: FilePath) -> Result<Stat, Errno> {
        behindHazard(resolve(directory), directory).stat
    }

    /// The whole path, followed behind a hazard, too.
    private func behindHazard(_ resolved: ResolvedPath, _ path: FilePath) -> ResolvedPath {
        resolved.hazard == nil ? resolved : anywhere.resolve(path)
    }

    /// As systemd's `null_or_empty_path`: an empty file, or a device such as /dev/null.
    private static func isMask(_ stat: Stat) -> Bool {
        switch stat.type {
        case .regular: stat.size == 0
        case .characterSpecial, .blockSpecial: true
        default: false
        }
    }

    /// Whether a file exists, or may exist because stat(2) failed for a transient reason. An existing file is evidence,
    /// too.
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

    /// Adds a file to the evidence whose path matters, not its content.
    mutating func note(_ path: FilePath) { evidence.add(path) }

    /// Notes that a directory could change unnoticed.
    mutating func doubtListing() { isRepeatable = false }

    /// Notes that a directory could not be listed.
    mutating func doubt(_ directory: FilePath) {
        evidence.add(directory)
        evidence.doubt()
    }

    /// The daemon has root's files without root's power over their modes, so that every command tells what it says.
    private static func unreadable(_ path: FilePath, _ stat: Stat) -> Issue? {
        let mode = stat.permissions
        guard stat.type == .regular, stat.userID.rawValue == 0, !mode.contains(.ownerRead) else { return nil }
        let digits = String(mode.rawValue, radix: 8)
        let octal = String(repeating: "0", count: 4 - digits.count) + digits
        return Issue(
            .error, .unreadable, at: SourceLocation(file: path),
            "cannot read it: its mode \(octal) does not let its owner read it; fix: chmod u+r \(path.printable)")
    }

    /// Reads an effective file; a file that another user could have written counts as broken.
    mutating func file<File: DeclaringFile>(
        _ path: FilePath, _ parsed: inout ParsedFiles<File>, _ parse: (FilePath, [UInt8]) -> File
    ) -> File {
        filesRead.append(path)
        return hiddenFile(path, &parsed, parse)
    }

    /// Reads a file that is not effective itself, such as a masked one.
    mutating func hiddenFile<File: DeclaringFile>(
        _ path: FilePath, _ parsed: inout ParsedFiles<File>, _ parse: (FilePath, [UInt8]) -> File
    ) -> File {
        do throws(Errno) {
            if case .some(.some(let text)) = changes[path] {
                // The new file will belong to root, so only its directory can be unsafe.
                let directory = resolve(path.removingLastComponent())
                return directory.hazard.map { File(path: path, untrusted: $0) } ?? parse(path, text)
            }
            let resolved = resolver.resolve(path)
            if let hazard = resolved.hazard {
                evidence.add(path, hazard: hazard)
                return File(path: path, untrusted: hazard)
            }
            let stat = try resolved.stat.get()
            evidence.add(path, FileStamp(stat))
            if let issue = Self.unreadable(path, stat) { return File(issue: issue) }
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
