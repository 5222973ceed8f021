// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension ConfigDirectories {
    /// Where drop-ins are that go with the next reboot, and those that stay.
    package var passingDropIns: FilePath { dropIns[1] }
    package var permanentDropIns: FilePath { dropIns[0] }

    /// What the files would say with some drop-ins changed that are not written yet.
    ///
    /// - Parameter changes: the new text by the path; nil for a file that is taken away.
    package func read(changing changes: [FilePath: [UInt8]?]) -> Configuration {
        let paths = files().filter { $0.standing == .read }.map(\.path)
        func select(in folders: [FilePath]) -> [FilePath] {
            paths.filter { folders.contains($0.removingLastComponent()) }
        }
        func parse<File: DeclaringFile>(_ path: FilePath, _ parse: (FilePath, [UInt8]) -> File) -> File {
            if case .some(.some(let text)) = changes[path] { return parse(path, text) }
            do { return parse(path, try Files.read(path, limit: ConfigFile.maximumSize + 1)) } catch {
                return File(path: path, unreadable: error)
            }
        }
        let kept = select(in: dropIns).filter { changes[$0] == nil }
        let written = changes.compactMap { path, text in text == nil ? nil : path }
        let sorted = (kept + written).sorted { Self.name($0).lexicographicallyPrecedes(Self.name($1)) }
        return Configuration(
            files: (select(in: own) + sorted).map { parse($0, ConfigFile.init) },
            binfmtD: select(in: binfmtD).map { parse($0, BinfmtDFile.init) },
            binfmts: select(in: [binfmts]).map {
                parse($0) { path, text in
                    BinfmtsFile(path: path, text: text, hasRunDetectors: Self.exists(BinfmtsFile.runDetectors))
                }
            })
    }

    private static func name(_ path: FilePath) -> [UInt8] {
        FilePath(root: nil, path.components.suffix(1)).bytes
    }
}
