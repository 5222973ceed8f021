// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The declared entries and this host's interpreters. A look asks lstat(2) about every step of every path; only if something
/// has changed does it read again, and then only the files whose stat(2) result is another.
struct HostSources {
    private var directories: ConfigDirectories
    private var interpreterFiles = InterpreterFiles()
    private let probe: NativeProbe
    private let preview: ConfigPreview
    private var last: (basis: Basis, desired: DesiredState)?
    /// The last look, if lstat(2) tells whether another one would have the same result.
    private var repeatable: (look: Look, others: Set<FilePath>, evidence: PathEvidence)?
    private var looks = 0

    /// The inputs that determine a desired state.
    private struct Basis: Equatable {
        let generation: Int
        let interpreters: [HashedPath: InterpreterFile]
        let vanished: Set<FilePath>
        let kernel: KernelFeatures?
    }

    /// One look.
    struct Look {
        fileprivate let reading: ConfigReading
        fileprivate let found: InterpreterFiles.Found
        /// The interpreters of foreign entries.
        let foreign: [HashedPath: InterpreterFile]
        /// A number that another look has if its result may be another.
        let number: Int

        /// Those that do not exist.
        var absent: Set<FilePath> {
            Set(foreign.lazy.filter { !$1.exists && $1.hazard == nil && $1.failure == nil }.map(\.key.path))
        }

        var configuration: Configuration { reading.configuration }
        var filesRead: [FilePath] { reading.filesRead }
        var interpreters: [HashedPath: InterpreterFile] { found.files }

        /// The directories in which a change can affect the configuration.
        var configurationDependencies: PathDependencies { reading.dependencies }

        /// The directories in which a change can affect an interpreter.
        var interpreterDependencies: PathDependencies { PathDependencies(of: found.paths) }

        /// Whether a system call failed that may succeed the next time.
        var hasTransientFailure: Bool {
            reading.configuration.hasTransientIssue || found.files.values.contains { $0.failure != nil }
        }

        fileprivate var isRepeatable: Bool { reading.isRepeatable && found.isComplete && !hasTransientFailure }
    }

    init(_ directories: ConfigDirectories, _ probe: NativeProbe, _ preview: ConfigPreview) {
        self.preview = preview
        self.directories = directories
        self.probe = probe
    }

    /// Whether the last probe of the processor decided every target.
    var isCertain: Bool { probe.isCertain }

    /// - Parameter others: interpreters of foreign entries.
    mutating func look(besides others: Set<FilePath>) -> Look {
        if let repeatable, repeatable.others == others, repeatable.evidence.holds() { return repeatable.look }
        let resolver = PathResolver()
        let reading = directories.read(resolver, overlaying: preview.changes)
        var found = interpreterFiles.look(at: reading.configuration, generation: reading.generation, resolver)
        var foreign: [HashedPath: InterpreterFile] = [:]
        for path in others.lazy.map(HashedPath.init) {
            if let known = found.files[path] {
                foreign[path] = known
            } else {
                let way = resolver.resolve(path.path)
                found.paths.append(way)
                foreign[path] = InterpreterFiles.file(way)
            }
        }
        looks += 1
        let look = Look(reading: reading, found: found, foreign: foreign, number: looks)
        let evidence = resolver.evidence
        repeatable = look.isRepeatable && evidence.isSettled ? (look, others, evidence) : nil
        return look
    }

    /// Those of the paths at which other files are now than at an earlier look.
    mutating func changed(_ paths: Set<HashedPath>, since look: Look) -> Set<HashedPath> {
        if paths.isEmpty { return [] }
        let resolver = PathResolver()
        return paths.filter { interpreterFiles.look(at: $0, resolver).differs(from: look.found.files[$0]) }
    }

    /// The state that the kernel should have.
    ///
    /// - Parameters:
    ///   - vanished: interpreters that are missing and may come back.
    ///   - features: asks the kernel what it takes, if an entry needs what not every kernel has.
    mutating func desiredState(
        _ look: Look, vanished: Set<FilePath>, features: () -> KernelFeatures?
    ) -> DesiredState {
        let kernel = look.configuration.needsRecentKernel ? features() : nil
        let basis = Basis(
            generation: look.reading.generation, interpreters: look.found.files, vanished: vanished, kernel: kernel)
        if let last, last.basis == basis { return last.desired }
        let desired = DesiredState(
            look.configuration,
            HostFacts(
                look.configuration, look.found.files, probe, vanished: vanished,
                kernel: kernel ?? KernelFeatures(version: RunningKernel.version)))
        last = probe.isCertain ? (basis, desired) : nil
        return desired
    }
}
