// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension Configuration {
    /// The declarations of these files alone, without a check of who could have written them.
    package init(_ files: [NamedFile]) {
        func read<File: DeclaringFile>(_ format: ConfigFormat, _ parse: (FilePath, [UInt8]) -> File) -> [File] {
            files.filter { $0.format == format }.map { file in
                switch file.text {
                case .success(let text): parse(file.path, text)
                case .failure(let error): File(path: file.path, unreadable: error)
                }
            }
        }
        self.init(
            files: read(.toml, ConfigFile.init), binfmtD: read(.binfmtD, BinfmtDFile.init),
            binfmts: read(.binfmts, BinfmtsFile.onThisHost))
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
