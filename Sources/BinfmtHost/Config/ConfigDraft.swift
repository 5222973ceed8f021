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
            return Self.read(path, parse)
        }
        let kept = select(in: dropIns).filter { changes[$0] == nil }
        let written = changes.compactMap { path, text in text == nil ? nil : path }
        let sorted = (kept + written).sorted { $0.nameBytes.lexicographicallyPrecedes($1.nameBytes) }
        return Configuration(
            files: (select(in: own) + sorted).map { parse($0, ConfigFile.init) },
            binfmtD: select(in: binfmtD).map { parse($0, BinfmtDFile.init) },
            binfmts: select(in: [binfmts]).map { parse($0, Self.parseFormat) })
    }
}
