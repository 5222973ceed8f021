// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Looks up the interpreters of a configuration.
struct InterpreterFiles {
    private let trusted: uid_t
    /// The interpreters of the last configuration, and which configuration that was.
    private var wanted: (generation: Int, interpreters: [Wanted])?
    /// Whether a file needs a loader, which is read once as long as stat(2) says the same of it.
    private var isDynamic: [FileStamp: Bool] = [:]

    private struct Wanted {
        let path: HashedPath
        /// Whether it matters if it needs a loader.
        let isPinned: Bool
    }

    /// What was found, and the paths that were followed for it.
    struct Found {
        var files: [HashedPath: InterpreterFile] = [:]
        var paths: [ResolvedPath] = []
    }

    /// - Parameter trusted: a user besides root who may change an interpreter.
    init(trusting trusted: uid_t = 0) { self.trusted = trusted }

    /// Looks up each path of a configuration.
    ///
    /// - Parameter generation: another number for another configuration.
    mutating func look(at configuration: Configuration, generation: Int, _ resolver: PathResolver) -> Found {
        var safety = PathSafety(trusting: trusted, resolver)
        var found = Found()
        var known = isDynamic
        isDynamic = [:]
        for wanted in interpreters(of: configuration, generation) {
            let resolved = resolver.resolve(wanted.path.path)
            found.paths.append(resolved)
            found.files[wanted.path] = look(at: resolved, wanted, &safety, &known)
        }
        return found
    }

    private mutating func interpreters(of configuration: Configuration, _ generation: Int) -> [Wanted] {
        if let wanted, wanted.generation == generation { return wanted.interpreters }
        // Of an offer nobody said that it should work in a container, and to read 30 emulators takes its time.
        let pinned = configuration.entries.filter { !$0.isOffer && $0.flags.contains(.fixBinary) }
        let pinnedPaths = Set(pinned.lazy.flatMap(\.interpreters).map(HashedPath.init))
        var seen: Set<HashedPath> = []
        var interpreters: [Wanted] = []
        for entry in configuration.entries where entry.isEnabled {
            for path in entry.interpreters.lazy.map(HashedPath.init) where seen.insert(path).inserted {
                interpreters.append(Wanted(path: path, isPinned: pinnedPaths.contains(path)))
            }
        }
        wanted = (generation, interpreters)
        return interpreters
    }

    private mutating func look(
        at resolved: ResolvedPath, _ wanted: Wanted, _ safety: inout PathSafety, _ known: inout [FileStamp: Bool]
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
