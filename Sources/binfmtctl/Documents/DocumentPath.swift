// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A path in a document. Every document spells paths in this one way, so that readers can open and compare them; bytes
/// that are not UTF-8 are replaced by U+FFFD.
struct DocumentPath: Encodable {
    let path: FilePath

    init(_ path: FilePath) { self.path = path }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(path.string)
    }
}
