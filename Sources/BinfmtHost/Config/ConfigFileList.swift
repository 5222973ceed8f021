// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension ConfigDirectories {
    /// A configuration file, and what it counts for.
    package struct File: Sendable {
        package enum Standing: Hashable, Sendable {
            case read
            /// It is empty or a link to /dev/null, and hides others of its name.
            case masks
            case hidden(by: FilePath)
        }

        package let path: FilePath
        package let standing: Standing
    }

    /// The files that there are, one that wins behind those that it wins over.
    package func files() -> [File] {
        var copy = self
        let settings = copy.read().daemon
        var ignored: [ConfigFile] = []
        var files: [File] = []
        if settings.readsBinfmts { files += Self.standing(DropIns([list(binfmts, suffix: "", &ignored).files])) }
        if settings.readsBinfmtD {
            files += Self.standing(DropIns(binfmtD.map { list($0, suffix: ".conf", &ignored).files }))
        }
        let mains = mains.filter(Self.exists)
        if let first = mains.first {
            files += mains.dropFirst().reversed().map { File(path: $0, standing: .hidden(by: first)) }
            files.append(File(path: first, standing: .read))
        }
        return files + Self.standing(DropIns(dropIns.map { list($0, suffix: ".toml", &ignored).files }))
    }

    private static func standing(_ found: DropIns) -> [File] {
        found.groups.flatMap { winner, others in
            others.reversed().map { File(path: $0.path, standing: .hidden(by: winner.path)) }
                + [File(path: winner.path, standing: winner.isMask ? .masks : .read)]
        }
    }
}
