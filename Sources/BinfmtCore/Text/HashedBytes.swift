// SPDX-License-Identifier: Apache-2.0

/// Bytes as a dictionary's key, hashed as a whole; an array hashes byte by byte. See docs/performance.md.
struct HashedBytes: Hashable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
}
