// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension ImportSource {
    /// Reads a file, or every configuration file of a directory: `*.conf` as binfmt.d(5), one in a directory "binfmts" in
    /// the format of Debian's, and any other as its text says.
    ///
    /// - Throws: the errno of reading the file or the directory itself.
    package static func read(_ path: FilePath) throws(Errno) -> [ImportSource] {
        let names: [[UInt8]]
        do { names = try Directory(path).items().map(\.name) } catch .notDirectory { return [try readFile(path)] }
        let lines = names.filter { ConfigTree.isConfigFileName($0, of: .binfmtD) }
        // In a binfmt.d directory only `*.conf` files count; packages may put other files there.
        let hasLines = !lines.isEmpty || path.lastComponent?.string == "binfmt.d"
        let taken = hasLines ? lines : names.filter { ConfigTree.isConfigFileName($0, of: .binfmts) }
        return taken.sorted { $0.lexicographicallyPrecedes($1) }.map { name in
            let file = path.appending(name: name)
            do throws(Errno) { return try readFile(file) } catch { return ImportSource(unreadable: file, error) }
        }
    }

    private static func readFile(_ path: FilePath) throws(Errno) -> ImportSource {
        let text = try Files.read(path, limit: ConfigFile.maximumSize)
        // An empty file masks another one of its name.
        if text.isEmpty { return ImportSource() }
        switch ConfigFormat(nameOf: path) ?? ConfigFormat(sniffing: text) {
        case .toml:
            return ImportSource(
                unavailable: path, "it has neither lines of binfmt.d(5) nor the format of Debian's /usr/share/binfmts")
        case .binfmtD: return ImportSource(binfmtD: path, text: text)
        case .binfmts:
            return ImportSource(binfmts: path, text: text, hasRunDetectors: BinfmtsFile.isRunDetectorsInstalled)
        }
    }
}

extension Import {
    /// - Throws: ENOEXEC if QEMU does not know the format of this program.
    package init(_ sources: [ImportSource], isWhole: Bool) throws(Errno) {
        let resolver = PathResolver()
        let interpreters = Set(sources.flatMap(\.entries).compactMap(\.entry).flatMap(\.namedInterpreters))
        let hazards = interpreters.map { ($0, (try? resolver.hazard(of: $0)) ?? nil) }.compactMap { path, hazard in
            hazard.map { (path, $0) }
        }
        self.init(
            sources, isWhole: isWhole, native: try NativeProbe().native,
            hazards: Dictionary(hazards, uniquingKeysWith: { $1 }))
    }
}
