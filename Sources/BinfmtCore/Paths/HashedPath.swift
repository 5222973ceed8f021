// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A path as a dictionary's key, hashed as a whole; FilePath hashes byte by byte. See docs/performance.md.
package struct HashedPath: Hashable, Sendable {
    package let path: FilePath

    package init(_ path: FilePath) { self.path = path }

    package func hash(into hasher: inout Hasher) {
        path.withPlatformString { hasher.combine(bytes: UnsafeRawBufferPointer(start: $0, count: path.length)) }
    }
}
