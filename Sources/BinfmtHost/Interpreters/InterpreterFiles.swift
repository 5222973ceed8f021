// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Looks up the interpreters of a configuration.
struct InterpreterFiles {
    /// The distinct lists of candidates of the last configuration, with that configuration's generation.
    private var wanted: (generation: Int, lists: [List])?
    /// Whether a file needs a loader: read once, and again only if its stat(2) result has changed.
    private var isDynamic: [FileStamp: Bool] = [:]

    /// The candidates of an entry, best first.
    private struct List: Hashable {
        let candidates: [HashedPath]
        let allowsUnsafe: Bool
    }

    /// The paths of entries that hold the file open (`F`), so that it matters whether the file needs a loader, and of
    /// those that allow it to be unsafe.
    private var pinned: Set<HashedPath> = []
    private var allowed: Set<HashedPath> = []

    /// The files that were found, and the paths that were resolved to find them.
    struct Found {
        var files: [HashedPath: InterpreterFile] = [:]
        var paths: [ResolvedPath] = []
    }

    /// Looks up the interpreters of a configuration: each list of candidates up to the first that can be used.
    ///
    /// - Parameter generation: a number that changes whenever the configuration changes.
    mutating func look(at configuration: Configuration, generation: Int, _ resolver: PathResolver) -> Found {
        var found = Found()
        let known = isDynamic
        isDynamic = [:]
        for list in lists(of: configuration, generation) {
            for path in list.candidates {
                if found.files[path] == nil {
                    let (file, way) = find(path, resolver)
                    found.files[path] = file
                    found.paths.append(way)
                    if pinned.contains(path), case .success(let stat) = way.stat {
                        found.files[path]?.isDynamic = isDynamic(path.path, FileStamp(stat), known)
                    }
                }
                if found.files[path]?.isUsable(evenIfUnsafe: list.allowsUnsafe) == true { break }
            }
        }
        return found
    }

    /// Looks again at one of the paths that were looked up before.
    func look(at path: HashedPath, _ resolver: PathResolver) -> InterpreterFile { find(path, resolver).file }

    private func find(_ path: HashedPath, _ resolver: PathResolver) -> (file: InterpreterFile, way: ResolvedPath) {
        let way = resolver.resolve(path.path)
        if way.hazard == nil || !allowed.contains(path) { return (Self.file(way), way) }
        let behind = PathResolver(nil).resolve(path.path)
        return (Self.file(behind, hazard: way.hazard), behind)
    }

    /// What is at the end of a path.
    static func file(_ way: ResolvedPath) -> InterpreterFile {
        way.hazard.map { .unsafe($0, exists: (try? Stat(way.location)) != nil) } ?? file(way, hazard: nil)
    }

    private static func file(_ way: ResolvedPath, hazard: Hazard?) -> InterpreterFile {
        switch way.stat {
        case .success(let stat): .present(FileIdentity(stat), hazard: hazard)
        case .failure(let error): .missing(error, hazard: hazard)
        }
    }

    private mutating func lists(of configuration: Configuration, _ generation: Int) -> [List] {
        if let wanted, wanted.generation == generation { return wanted.lists }
        pinned = []
        allowed = []
        var seen: Set<List> = []
        var lists: [List] = []
        for entry in configuration.entries where entry.isEnabled {
            let list = List(
                candidates: entry.interpreters.map(HashedPath.init), allowsUnsafe: entry.allowsUnsafeInterpreter)
            // No one declared that an offer should work in a container, and reading 30 emulators takes time.
            if !entry.isOffer, entry.flags.contains(.fixBinary) { pinned.formUnion(list.candidates) }
            if list.allowsUnsafe { allowed.formUnion(list.candidates) }
            if seen.insert(list).inserted { lists.append(list) }
        }
        wanted = (generation, lists)
        return lists
    }

    private mutating func isDynamic(_ path: FilePath, _ stamp: FileStamp, _ known: [FileStamp: Bool]) -> Bool {
        let tick = Clock.lastTick()
        let answer =
            known[stamp] ?? (try? Files.read(path, limit: ELFLoader.window)).map { ELFLoader.isNeeded($0) ?? false }
        guard let answer else { return false }
        if stamp.isSettled(at: tick) { isDynamic[stamp] = answer }
        return answer
    }
}
