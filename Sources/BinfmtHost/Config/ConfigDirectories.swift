// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The configuration directories of a host, and the only reader of their files, so that the daemon and every command
/// see the same declarations.
package struct ConfigDirectories {
    private let trust: ConfigTrust
    private let directories: [(kind: ConfigTree.Kind, paths: [FilePath])]
    private let mainFiles: [FilePath]
    private var listings = Listings()
    private var tree = ConfigTree()
    private var ownFiles = ParsedFiles<ConfigFile>()
    private var binfmtDFiles = ParsedFiles<BinfmtDFile>()
    private var binfmtsFiles = ParsedFiles<BinfmtsFile>()
    /// Whether the run-detectors program existed when the files of /usr/share/binfmts were parsed.
    private var hadRunDetectors = false
    private var goodOwnFiles: LastGoodFiles<ConfigFile>
    private var goodBinfmtDFiles: LastGoodFiles<BinfmtDFile>
    private var goodBinfmtsFiles: LastGoodFiles<BinfmtsFile>
    private var last: (evidence: ConfigLook.Evidence, configuration: Configuration)?
    private var generation = 0

    /// - Parameters:
    ///   - root: the prefix of every path.
    ///   - kept: the broken files of which the running daemon keeps the last valid version.
    package init(root: FilePath = "/", trust: ConfigTrust = .rootOnly, keptByDaemon kept: Set<FilePath> = []) {
        self.trust = trust
        goodOwnFiles = LastGoodFiles(keptByDaemon: kept)
        goodBinfmtDFiles = LastGoodFiles(keptByDaemon: kept)
        goodBinfmtsFiles = LastGoodFiles(keptByDaemon: kept)
        func below(_ path: FilePath) -> FilePath { root.pushing(path.removingRoot()) }
        directories = ConfigTree.Kind.allCases.map { ($0, ConfigTree.directories(of: $0).map(below)) }
        mainFiles = ConfigTree.mainFiles.map(below)
    }

    /// The directory of the drop-ins that `binfmtctl register` writes.
    package func dropIns(_ lifetime: RegisterDropIn.Lifetime) -> FilePath {
        let dropIns = directories.first { $0.kind == .dropIn }?.paths ?? []
        return switch lifetime {
        case .permanent: dropIns[0]
        case .runtime: dropIns[1]
        }
    }

    /// Reads the files that changed since the last call. A file that has become invalid is replaced by its last valid
    /// version.
    ///
    /// - Parameter changes: the new text of drop-ins that are not written yet; nil for a drop-in that will be removed.
    package mutating func read(overlaying changes: [FilePath: [UInt8]?] = [:]) -> ConfigReading {
        read(PathResolver(), overlaying: changes)
    }

    mutating func read(_ resolver: PathResolver, overlaying changes: [FilePath: [UInt8]?] = [:]) -> ConfigReading {
        var look = ConfigLook(resolver, trust, overlaying: changes)
        let tree = list(&look)
        var files = (tree.effective(.main) + tree.effective(.dropIn)).map { look.file($0, &ownFiles, ConfigFile.init) }
        files = goodOwnFiles.substitutingLastGood(files)
        let settings = Configuration.daemonSettings(files)
        var kinds: Set<ConfigTree.Kind> = [.main, .dropIn]
        var lines: [BinfmtDFile] = []
        var masked: [Configuration.Masked] = []
        if settings.readsBinfmtD {
            kinds.insert(.binfmtD)
            lines = tree.effective(.binfmtD).map { look.file($0, &binfmtDFiles, BinfmtDFile.init) }
            lines = goodBinfmtDFiles.substitutingLastGood(lines)
            masked = self.masked(tree, &look)
        }
        var kept = goodOwnFiles.kept + goodBinfmtDFiles.kept
        var formats: [BinfmtsFile] = []
        if settings.readsBinfmts {
            kinds.insert(.binfmts)
            formats = readFormats(tree, &look)
            formats = goodBinfmtsFiles.substitutingLastGood(formats)
            kept = kept + goodBinfmtsFiles.kept
        }
        forgetUnusedFiles()
        let inOrder = ConfigTree.Kind.allCases.filter(kinds.contains)
        files += inOrder.flatMap(tree.unreadable).map { ConfigFile(path: $0.directory, unreadable: $0.error) }
        files += MisnamedFile.issues(inOrder.flatMap(tree.misnamed)).map { ConfigFile(issue: $0) }
        let configuration = configuration(look.evidence) {
            Configuration(files: files, binfmtD: lines, binfmts: formats, masked: masked, kept: kept)
        }
        return ConfigReading(
            configuration: configuration, tree: tree, kinds: inOrder, filesRead: look.filesRead, paths: look.paths,
            generation: generation, isRepeatable: look.isRepeatable && look.evidence.isSettled)
    }

    private mutating func readFormats(_ tree: ConfigTree, _ look: inout ConfigLook) -> [BinfmtsFile] {
        let hasRunDetectors = look.exists(BinfmtsFile.runDetectors)
        if hasRunDetectors != hadRunDetectors { binfmtsFiles = ParsedFiles() }
        hadRunDetectors = hasRunDetectors
        return tree.effective(.binfmts).map { path in
            look.file(path, &binfmtsFiles) { BinfmtsFile(path: $0, text: $1, hasRunDetectors: hasRunDetectors) }
        }
    }

    /// The configuration that the files declare together; the previous value if no file has changed.
    private mutating func configuration(
        _ evidence: ConfigLook.Evidence, _ make: () -> Configuration
    ) -> Configuration {
        if let last, evidence.isSettled, last.evidence == evidence { return last.configuration }
        let configuration = make()
        generation += 1
        last = (evidence, configuration)
        return configuration
    }

    private mutating func forgetUnusedFiles() {
        ownFiles.forgetUnused()
        binfmtDFiles.forgetUnused()
        binfmtsFiles.forgetUnused()
    }

    // MARK: - Listing

    private mutating func list(_ look: inout ConfigLook) -> ConfigTree {
        let main = mainFiles.map { [look.find($0, ignoresDirectories: false)].compactMap(\.self) }
        // What an administrator put beside binfmtd.toml, and not into entries.d.
        var beside = Remarks()
        if let directory = mainFiles.first?.removingLastComponent() { _ = list(directory, .main, &look, &beside) }
        tree.insert(.main, main, unreadable: beside.unreadable, misnamed: beside.misnamed)
        for (kind, paths) in directories where kind != .main {
            var remarks = Remarks()
            let found = paths.map { list($0, kind, &look, &remarks) }
            tree.insert(kind, found, unreadable: remarks.unreadable, misnamed: remarks.misnamed)
        }
        return tree
    }

    /// What is to be said of the directories of a kind, besides the files to read.
    private struct Remarks {
        var unreadable: [ConfigTree.Unreadable] = []
        var misnamed: [MisnamedFile] = []
    }

    private mutating func list(
        _ directory: FilePath, _ kind: ConfigTree.Kind, _ look: inout ConfigLook, _ remarks: inout Remarks
    ) -> [DropIns.Found] {
        let files: Listings.Content
        do throws(Errno) { files = try listings.files(in: directory, look.stat(directory), of: kind) } catch {
            remarks.unreadable.append(ConfigTree.Unreadable(directory: directory, error: error))
            look.doubt(directory)
            return []
        }
        if !files.isSettled { look.doubtListing() }
        remarks.misnamed += files.misnamed.filter { look.isIgnored($0.path) }
        if kind == .main { return [] }
        var paths = files.paths
        for new in look.changes.keys where new.removingLastComponent() == directory && !paths.contains(new) {
            paths.append(new)
        }
        return paths.compactMap { look.find($0, ignoresDirectories: ConfigTree.ignoresDirectories(kind)) }
    }

    /// The entries of masked binfmt.d files. A mask hides a QEMU offer of the same name, too.
    private mutating func masked(_ tree: ConfigTree, _ look: inout ConfigLook) -> [Configuration.Masked] {
        var masked: [Configuration.Masked] = []
        for (mask, hidden) in tree.masked(.binfmtD) {
            guard let hidden else { continue }
            look.note(mask)
            let location = SourceLocation(file: mask)
            masked += look.hiddenFile(hidden, &binfmtDFiles, BinfmtDFile.init).declarations.map {
                Configuration.Masked(name: $0.name, mask: location)
            }
        }
        return masked
    }
}
