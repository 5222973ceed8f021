// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A file in a configuration directory that is not read because of its name.
package struct MisnamedFile: Hashable, Sendable {
    package let path: FilePath
    /// What is wrong, and where such a file belongs.
    package let reason: String

    /// - Parameters:
    ///   - path: of a file in a directory of this kind.
    ///   - kind: ``ConfigTree/Kind/main`` for the directory of binfmtd.toml.
    /// - Returns: nil if it is read, or if no one expects that it is.
    package init?(_ path: FilePath, of kind: ConfigTree.Kind) {
        let name = path.nameBytes
        let isRead = kind == .main ? name == Self.mainName : ConfigTree.isConfigFileName(name, of: kind)
        if isRead || Self.isLeftover(name) { return nil }
        let ending = name.split(separator: UInt8(ascii: ".")).dropFirst().last.map {
            String(decoding: $0, as: UTF8.self)
        }
        switch (kind, ending) {
        case (.main, "toml"): reason = "a drop-in belongs in \(path.removingLastComponent().printable)/entries.d"
        case (.main, "conf"): reason = "a file of binfmt.d(5) belongs in /etc/binfmt.d"
        case (.main, _), (.binfmts, _): return nil
        case (.dropIn, "conf"):
            reason = "the name must end in .toml; a file of binfmt.d(5) belongs in /etc/binfmt.d"
        case (.dropIn, _): reason = "the name must end in .toml"
        case (.binfmtD, "toml"): reason = "a TOML file belongs in /etc/binfmtd/entries.d"
        case (.binfmtD, _): reason = "the name must end in .conf"
        }
        self.path = path
    }

    private static let mainName = Array("binfmtd.toml".utf8)

    /// Whether a name is that of a hidden file, of a note, or of what an editor or a package manager leaves beside a
    /// file, or that it was given to keep the file from being read.
    private static func isLeftover(_ name: [UInt8]) -> Bool {
        let text = String(decoding: name, as: UTF8.self)
        if text.hasPrefix(".") || text.hasSuffix("~") || text.hasPrefix("README") { return true }
        if text.hasPrefix("#"), text.hasSuffix("#") { return true }
        let endings = text.split(separator: ".").dropFirst()
        return endings.contains { ending in
            leftovers.contains(String(ending)) || ["dpkg-", "ucf-", "rpm"].contains(where: ending.hasPrefix)
        }
    }

    private static let leftovers: Set<String> = [
        "apk-new", "bak", "disabled", "example", "md", "new", "off", "old", "orig", "pacnew", "pacsave", "rej",
        "sample",
        "save", "swo", "swp", "tmp", "txt",
    ]
}

extension MisnamedFile {
    /// A warning for each directory and reason.
    package static func issues(_ files: [MisnamedFile]) -> [Issue] {
        struct Group: Hashable {
            let directory: FilePath
            let reason: String
        }
        var order: [Group] = []
        var groups: [Group: [FilePath]] = [:]
        for file in files {
            let group = Group(directory: file.path.removingLastComponent(), reason: file.reason)
            if groups[group] == nil { order.append(group) }
            groups[group, default: []].append(file.path)
        }
        return order.map { group in
            let paths = groups[group] ?? []
            let isOne = paths.count == 1
            let names = paths.map { $0.nameBytes.printable }.nameList
            return Issue(
                .warning, .misnamed, at: SourceLocation(file: isOne ? paths[0] : group.directory),
                isOne ? "this file is not read: \(group.reason)" : "\(names) are not read: \(group.reason)")
        }
    }
}
