// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Files as they would be once they are saved in the configuration directories.
package struct ConfigPreview {
    /// The new text of each file.
    let changes: [FilePath: [UInt8]?]

    package struct Unreadable: Error, CustomStringConvertible {
        let path: FilePath
        let error: Errno
        package var description: String { "cannot read \(path.printable): \(error)" }
    }

    /// No change.
    package init() { changes = [:] }

    /// - Parameter files: binfmtd.toml, or drop-ins in any format; one that is in a configuration directory already
    ///   stays there.
    package init(_ files: [FilePath], _ hostPaths: HostPaths) throws(Unreadable) {
        var changes: [FilePath: [UInt8]?] = [:]
        for path in files {
            let file = NamedFile(path)
            do { changes[Self.place(of: file, below: hostPaths.root)] = try file.text.get() } catch {
                throw Unreadable(path: path, error: error)
            }
        }
        self.changes = changes
    }

    /// The path where the daemon would read the file.
    private static func place(of file: NamedFile, below root: FilePath) -> FilePath {
        let name = file.path.lastComponent?.string ?? ""
        let (directory, suffix): (FilePath, String) =
            switch file.format {
            case .toml: ("etc/binfmtd/entries.d", ".toml")
            case .binfmtD: ("etc/binfmt.d", ".conf")
            case .binfmts: ("usr/share/binfmts", "")
            }
        if name == "binfmtd.toml" { return root.appending("etc/binfmtd/binfmtd.toml") }
        let parent = file.path.removingLastComponent()
        let known = ConfigTree.Kind.allCases.flatMap(ConfigTree.directories).map { root.pushing($0.removingRoot()) }
        if known.contains(parent) { return file.path }
        let base = file.isStandardInput ? "stdin" : name
        return root.appending("\(directory)").appending(base.hasSuffix(suffix) ? base : base + suffix)
    }
}
