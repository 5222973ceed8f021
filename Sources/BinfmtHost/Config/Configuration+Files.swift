// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension Configuration {
    /// Reads only these files, each in the format that its name implies, without checking who could have written them.
    package init(files paths: [FilePath]) {
        let toml = paths.filter { $0.extension == "toml" }
        let lines = paths.filter { $0.extension == "conf" }
        let formats = paths.filter { $0.extension != "toml" && $0.extension != "conf" }
        self.init(
            files: toml.map { Self.read($0, ConfigFile.init) }, binfmtD: lines.map { Self.read($0, BinfmtDFile.init) },
            binfmts: formats.map { Self.read($0, BinfmtsFile.onThisHost) })
    }

    private static func read<File: DeclaringFile>(_ path: FilePath, _ parse: (FilePath, [UInt8]) -> File) -> File {
        do { return parse(path, try Files.read(path, limit: ConfigFile.readLimit)) } catch {
            return File(path: path, unreadable: error)
        }
    }
}

extension BinfmtsFile {
    /// Parses a file as it applies to this host.
    static func onThisHost(_ path: FilePath, _ text: [UInt8]) -> BinfmtsFile {
        BinfmtsFile(path: path, text: text, hasRunDetectors: isRunDetectorsInstalled)
    }

    /// Whether ``runDetectors`` exists, or may exist because stat(2) failed for a transient reason.
    static var isRunDetectorsInstalled: Bool {
        switch PathResolver(nil).resolve(runDetectors).stat {
        case .success: true
        case .failure(let error): error.isTransient
        }
    }
}
