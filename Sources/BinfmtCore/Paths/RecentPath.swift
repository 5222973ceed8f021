// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The last path that was made. Many entries in a row have the same interpreter, and to make a path takes ten times as
/// long as to compare its bytes (a twentieth of a start with 10,000 entries).
package struct RecentPath {
    private var bytes: [UInt8] = []
    private var path: FilePath = ""

    package init() {}

    /// Whether these bytes are the last path's.
    func has(_ bytes: some Collection<UInt8>) -> Bool { !bytes.isEmpty && bytes.elementsEqual(self.bytes) }

    /// The path of these bytes.
    package mutating func path(_ bytes: some Collection<UInt8>) -> FilePath {
        if !has(bytes) {
            self.bytes = Array(bytes)
            path = FilePath(bytes: self.bytes)
        }
        return path
    }
}
