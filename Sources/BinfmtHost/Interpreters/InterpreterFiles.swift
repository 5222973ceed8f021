// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Looks up the interpreters of a configuration.
struct InterpreterFiles {
    private let trusted: uid_t
    /// The distinct lists of candidates of the last configuration, with that configuration's generation.
    private var wanted: (generation: Int, candidates: [[Wanted]])?
    /// Whether a file needs a loader: read once, and again only if its stat(2) result has changed.
    private var isDynamic: [FileStamp: Bool] = [:]

    private struct Wanted {
        let path: HashedPath
        /// Whether an entry holds the file open (`F`), so that it matters whether the file needs a loader.
        let isPinned: Bool
    }

    /// The files that were found, and the paths that were resolved to find them.
    struct Found {
        var files: [HashedPath: InterpreterFile] = [:]
        var paths: [ResolvedPath] = []
    }

    /// - Parameter trusted: a user besides root who may change an interpreter.
    init(trusting trusted: uid_t = 0) { self.trusted = trusted }

    /// Looks up the interpreters of a configuration: each list of candidates up to the first that exists.
    ///
    /// - Parameter generation: a number that changes whenever the configuration changes.
    mutating func look(at configuration: Configuration, generation: Int, _ resolver: PathResolver) -> Found {
        var safety = PathSafety(trusting: trusted, resolver)
        var found = Found()
        let known = isDynamic
        isDynamic = [:]
        for candidates in candidates(of: configuration, generation) {
            for wanted in candidates {
                if found.files[wanted.path] == nil {
                    let resolved = resolver.resolve(wanted.path.path)
                    found.paths.append(resolved)
                    found.files[wanted.path] = look(at: resolved, wanted, &safety, known)
                }
                if found.files[wanted.path]?.identity != nil { break }
            }
        }
        return found
    }

    private mutating func candidates(of configuration: Configuration, _ generation: Int) -> [[Wanted]] {
        if let wanted, wanted.generation == generation { return wanted.candidates }
        // No one declared that an offer should work in a container, and reading 30 emulators takes time.
        let pinned = configuration.entries.filter { !$0.isOffer && $0.flags.contains(.fixBinary) }
        let pinnedPaths = Set(pinned.lazy.flatMap(\.interpreters).map(HashedPath.init))
        var seen: Set<[HashedPath]> = []
        var lists: [[Wanted]] = []
        for entry in configuration.entries where entry.isEnabled {
            let paths = entry.interpreters.map(HashedPath.init)
            if seen.insert(paths).inserted {
                lists.append(paths.map { Wanted(path: $0, isPinned: pinnedPaths.contains($0)) })
            }
        }
        wanted = (generation, lists)
        return lists
    }

    private mutating func look(
        at resolved: ResolvedPath, _ wanted: Wanted, _ safety: inout PathSafety, _ known: [FileStamp: Bool]
    ) -> InterpreterFile {
        do {
            let stat = try resolved.stat.get()
            return .present(
                FileIdentity(stat), hazard: try safety.hazard(of: resolved),
                isDynamic: wanted.isPinned && isDynamic(wanted.path.path, FileStamp(stat), known))
        } catch { return .missing(error) }
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
