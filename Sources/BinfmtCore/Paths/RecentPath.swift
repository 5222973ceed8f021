// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The last path that was made: many entries in a row have the same interpreter. See docs/performance.md.
package struct RecentPath {
    private var bytes: [UInt8] = []
    private var path: FilePath = ""

    package init() {}

    /// The last path, if these bytes are its.
    func last(_ bytes: some Collection<UInt8>) -> FilePath? {
        !bytes.isEmpty && bytes.elementsEqual(self.bytes) ? path : nil
    }

    /// The path of these bytes.
    package mutating func path(_ bytes: some Collection<UInt8>) -> FilePath {
        if let last = last(bytes) { return last }
        self.bytes = Array(bytes)
        path = FilePath(bytes: self.bytes)
        return path
    }

    /// The path of these bytes.
    package mutating func path(_ span: Span<UInt8>) -> FilePath {
        if span.count != bytes.count || !span.indices.allSatisfy({ span[$0] == bytes[$0] }) {
            bytes = span.array
            path = FilePath(bytes: bytes)
        }
        return path
    }
}
