// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Looks up the interpreters of a configuration.
struct InterpreterFiles {
    /// The distinct lists of candidates of the last configuration, with that configuration's generation.
    private var wanted: (generation: Int, lists: [List])?
    /// What is in the files: read once, and again only if the stat(2) result has changed.
    private var contents: [FileStamp: InterpreterFile.Content] = [:]

    /// The candidates of an entry, best first, and what is wanted of them.
    private struct List: Hashable {
        let candidates: [HashedPath]
        let allowsUnsafe: Bool
        let isExamined: Bool
    }

    /// The paths of the entries that are declared, so that their files are read, and of those that allow it to be unsafe.
    private var examined: Set<HashedPath> = []
    private var allowed: Set<HashedPath> = []

    /// The files that were found, and the paths that were resolved to find them.
    struct Found {
        var files: [HashedPath: InterpreterFile] = [:]
        var paths: [ResolvedPath] = []
        /// Whether each file that was to be read was read.
        var isComplete = true
    }

    /// Looks up the interpreters of a configuration: each list of candidates up to the first that can be used.
    ///
    /// - Parameter generation: a number that changes whenever the configuration changes.
    mutating func look(at configuration: Configuration, generation: Int, _ resolver: PathResolver) -> Found {
        var found = Found()
        let known = contents
        contents = [:]
        for list in lists(of: configuration, generation) {
            for path in list.candidates {
                if found.files[path] == nil {
                    let (file, way) = find(path, resolver)
                    found.files[path] = file
                    found.paths.append(way)
                    if examined.contains(path), let identity = file.identity, case .success(let stat) = way.stat {
                        let content = content(path.path, stat, known)
                        found.files[path] = .present(
                            identity, hazard: file.hazard, obstacle: KernelRefusal.Obstacle(stat), content: content)
                        if stat.type == .regular, content == nil { found.isComplete = false }
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
        examined = []
        allowed = []
        var seen: Set<List> = []
        var lists: [List] = []
        var recent: DeclaredEntry?
        for entry in configuration.entries where entry.isEnabled {
            // See docs/performance.md.
            if recent?.hasSameCandidates(as: entry) == true { continue }
            recent = entry
            for candidates in entry.candidates {
                // An offer gets no warning, and reading 30 emulators takes time.
                let list = List(
                    candidates: candidates.map(HashedPath.init), allowsUnsafe: entry.allowsUnsafeInterpreter,
                    isExamined: !entry.isOffer)
                guard seen.insert(list).inserted else { continue }
                lists.append(list)
                if list.isExamined { examined.formUnion(list.candidates) }
                if list.allowsUnsafe { allowed.formUnion(list.candidates) }
            }
        }
        wanted = (generation, lists)
        return lists
    }

    /// What is in a file. Only a regular file is read: to open a device may do something.
    ///
    /// - Returns: nil if it was not read.
    private mutating func content(
        _ path: FilePath, _ stat: Stat, _ known: [FileStamp: InterpreterFile.Content]
    ) -> InterpreterFile.Content? {
        if stat.type != .regular { return nil }
        let stamp = FileStamp(stat)
        let tick = Clock.lastTick()
        let read = known[stamp] ?? (try? Files.read(path, limit: ELFLoader.window)).map(InterpreterFile.Content.init)
        if let read, stamp.isSettled(at: tick) { contents[stamp] = read }
        return read
    }
}
