// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The files that tests use.
package enum Fixtures {
    /// Tests/Fixtures.
    package static let directory = repository.appending(path: "Tests/Fixtures")

    /// The top of the source tree.
    package static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A program that `make test-deps` or SwiftPM built: one under test, or a helper of the tests.
    package static func program(_ name: String) throws -> String {
        let builds = [
            Bundle.main.executableURL?.deletingLastPathComponent(), repository.appending(path: ".build/test"),
        ]
        let candidates = builds.compactMap { $0?.appending(path: name).path() }
        guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw Missing(name: name, candidates: candidates)
        }
        return found
    }

    /// The daemon as `make build` made it.
    package static let release = repository.appending(path: ".build/release/binfmtd").path()

    package struct Missing: Error, CustomStringConvertible {
        let name: String
        let candidates: [String]
        package var description: String { "\(name) is not built; run make test (looked at \(candidates))" }
    }

    package static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: directory.appending(path: path)), as: UTF8.self)
    }

    /// The names in a directory of fixtures, sorted.
    ///
    /// - Throws: if there are none, so that no test passes because it has no cases.
    package static func names(in folder: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.appending(path: folder).path())
        guard !names.isEmpty else { throw Empty(folder: folder) }
        return names.sorted()
    }

    struct Empty: Error, CustomStringConvertible {
        let folder: String
        var description: String { "Tests/Fixtures/\(folder) has no fixtures" }
    }
}
