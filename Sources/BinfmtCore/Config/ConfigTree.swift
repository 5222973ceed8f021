// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The configuration files, and which of them are effective: the only place that knows their directories, their
/// precedence and the rules of masking.
package struct ConfigTree: Sendable {
    /// The kinds of files, lowest precedence first.
    package enum Kind: CaseIterable, Sendable {
        /// Debian's /usr/share/binfmts.
        case binfmts
        /// The binfmt.d(5) directories.
        case binfmtD
        /// The most local binfmtd.toml.
        case main
        /// The files of the entries.d directories.
        case dropIn
    }

    /// A configuration file with its role.
    package struct File: Hashable, Sendable {
        package enum Standing: Hashable, Sendable {
            case read
            /// It is empty or a link to /dev/null, and hides other files of its name.
            case masks
            case hidden(by: FilePath)
            /// A user other than root could have written it.
            case untrusted
            /// It is not read because of its name, for this reason.
            case misnamed(String)
        }

        package let path: FilePath
        package let standing: Standing
    }

    /// A directory that could not be listed.
    package struct Unreadable: Hashable, Sendable {
        package let directory: FilePath
        package let error: Errno

        package init(directory: FilePath, error: Errno) {
            self.directory = directory
            self.error = error
        }
    }

    private var listings: [Kind: [[DropIns.Found]]] = [:]
    private var groups: [Kind: DropIns] = [:]
    private var unreadable: [Kind: [Unreadable]] = [:]
    private var misnamed: [Kind: [MisnamedFile]] = [:]

    package init() {}

    /// Replaces the listings of the directories of one kind.
    ///
    /// - Parameter listings: the files of each directory, most local directory first.
    package mutating func insert(
        _ kind: Kind, _ listings: [[DropIns.Found]], unreadable: [Unreadable] = [], misnamed: [MisnamedFile] = []
    ) {
        self.unreadable[kind] = unreadable
        self.misnamed[kind] = misnamed
        if self.listings[kind] == listings { return }
        self.listings[kind] = listings
        groups[kind] = DropIns(listings)
    }

    /// The effective files of a kind, lowest precedence first.
    package func effective(_ kind: Kind) -> [FilePath] { groups[kind]?.effective ?? [] }

    /// The masks of a kind, each with the most local file that it hides.
    package func masked(_ kind: Kind) -> [(mask: FilePath, hidden: FilePath?)] { groups[kind]?.masked ?? [] }

    /// The directories of a kind that could not be listed, so that their declarations are unknown.
    package func unreadable(_ kind: Kind) -> [Unreadable] { unreadable[kind] ?? [] }

    /// The files among those of a kind that are not read because of their names.
    package func misnamed(_ kind: Kind) -> [MisnamedFile] { misnamed[kind] ?? [] }

    /// All files of these kinds; an effective file follows those that it hides.
    package func files(of kinds: [Kind]) -> [File] {
        kinds.flatMap { kind in
            misnamed(kind).map { File(path: $0.path, standing: .misnamed($0.reason)) } + namedFiles(of: kind)
        }
    }

    private func namedFiles(of kind: Kind) -> [File] {
        (groups[kind]?.groups ?? []).flatMap { group -> [File] in
            var files = group.untrusted.reversed().map { File(path: $0.path, standing: .untrusted) }
            if let winner = group.winner {
                files.insert(File(path: winner.path, standing: winner.isMask ? .masks : .read), at: 0)
                let hidden = group.hidden.reversed().map { File(path: $0.path, standing: .hidden(by: winner.path)) }
                files.insert(contentsOf: hidden, at: 0)
            }
            return files
        }
    }
}

extension ConfigTree {
    private static let places: [FilePath] = ["/etc", "/run", "/usr/local/lib", "/usr/lib"]

    /// Whether a package installed a file, as opposed to an administrator.
    static func isPackaged(_ path: FilePath) -> Bool {
        let packaged: [FilePath] = ["/usr/local/lib", "/usr/lib", "/usr/share"]
        var directory = path.removingLastComponent()
        while directory.lastComponent != nil {
            if packaged.contains(where: { directory.ends(with: $0.removingRoot()) }) { return true }
            directory.removeLastComponent()
        }
        return false
    }

    /// The possible paths of the main file, most local first. The file is looked up by its name, so that a directory
    /// that cannot be listed does not hide it.
    package static var mainFiles: [FilePath] { places.map { $0.appending("binfmtd/binfmtd.toml") } }

    /// The directories that are listed for files of a kind, most local first.
    package static func directories(of kind: Kind) -> [FilePath] {
        switch kind {
        case .main: []
        case .dropIn: places.map { $0.appending("binfmtd/entries.d") }
        case .binfmtD: places.map { $0.appending("binfmt.d") }
        case .binfmts: ["/usr/share/binfmts"]
        }
    }

    /// Whether a name is that of a configuration file of a kind. Hidden files are not, and neither are files that
    /// editors and dpkg leave beside a file.
    package static func isConfigFileName(_ name: [UInt8], of kind: Kind) -> Bool {
        let suffix = suffix(of: kind).utf8
        let ending = name.split(separator: UInt8(ascii: ".")).dropFirst().last
        let isLeftover = name.last == UInt8(ascii: "~") || ending?.starts(with: "dpkg-".utf8) == true
        return name.first != UInt8(ascii: ".") && !isLeftover && name.reversed().starts(with: suffix.reversed())
    }

    private static func suffix(of kind: Kind) -> String {
        switch kind {
        case .main, .dropIn: ".toml"
        case .binfmtD: ".conf"
        case .binfmts: ""
        }
    }

    /// Whether a directory among the files of a kind is ignored. In the directories of systemd-binfmt it hides other
    /// files of its name and is an error.
    package static func ignoresDirectories(_ kind: Kind) -> Bool { kind == .dropIn || kind == .binfmts }
}
