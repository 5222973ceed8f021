// SPDX-License-Identifier: Apache-2.0

/// The name of an entry, which is the name of its file in the registry.
///
/// The kernel accepts any bytes but `/` (`fs/binfmt_misc.c`, `create_entry`), so an observed name is kept as its bytes;
/// a declared one must follow stricter rules (``init(declaring:)``).
package struct EntryName: Hashable, Sendable {
    package let bytes: [UInt8]

    private static let reserved = [".", "..", "register", "status"].map { Array($0.utf8) }

    /// The longest name a file can have, in bytes (`NAME_MAX`).
    static let maximumLength = 255

    /// The prefix of a stand-in's name. An entry with such a name is ours, even if nothing is recorded of it.
    static let standInPrefix = Array("~binfmtd~".utf8)

    /// A name as the kernel lists it.
    package init(observed bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// A name as a configuration declares it.
    ///
    /// - Throws: why the name is invalid. The length is limited so that the stand-in's name fits a file name, too.
    package init(declaring text: String) throws(Invalid) { try self.init(declaring: Array(text.utf8)) }

    /// A declared name from its UTF-8.
    init(declaring bytes: [UInt8]) throws(Invalid) {
        if bytes.isEmpty { throw .empty }
        if Self.reserved.contains(bytes) { throw .reserved }
        if bytes.contains(UInt8(ascii: "/")) { throw .slash }
        if !bytes.isPlain, String(decoding: bytes, as: UTF8.self).hasControl { throw .controlCharacter }
        if bytes.starts(with: Self.standInPrefix) { throw .standInPrefix }
        let limit = Self.maximumLength - Self.standInPrefix.count
        if bytes.count > limit { throw .tooLong(bytes.count, limit: limit) }
        self.bytes = bytes
    }

    /// Why a text cannot be an entry's name.
    package enum Invalid: Error, Hashable, CustomStringConvertible {
        case empty, reserved, slash, controlCharacter, standInPrefix
        case tooLong(Int, limit: Int)

        package var description: String {
            switch self {
            case .empty: "a name must not be empty"
            case .reserved: "the kernel reserves this name"
            case .slash: "a name must not contain '/'"
            case .controlCharacter: "a name must not contain control characters"
            case .standInPrefix: "names beginning with '\(EntryName.standInPrefix.printable)' are reserved"
            case .tooLong(let count, let limit): "the name is \(count) bytes long; the limit is \(limit)"
            }
        }
    }
}

extension EntryName {
    /// The name of the stand-in, which serves the pattern while the entry of this name is replaced or missing.
    package var standIn: EntryName { EntryName(observed: Self.standInPrefix + bytes) }

    /// The name of the entry whose stand-in has this name; nil if it is no stand-in's.
    package var standInFor: EntryName? {
        guard bytes.starts(with: Self.standInPrefix) else { return nil }
        return EntryName(observed: bytes.dropFirst(Self.standInPrefix.count))
    }

    /// Compares as a whole, and hashes so. See docs/performance.md.
    package static func == (a: EntryName, b: EntryName) -> Bool { a.bytes == b.bytes }

    package func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension EntryName {
    /// The name in a file in UTF-8: itself, or `/` and its bytes in hexadecimal if they are not UTF-8. No name has a
    /// slash.
    var key: String { bytes.text ?? "/" + bytes.hex }

    init(key: String) {
        let bytes = key.hasPrefix("/") ? [UInt8](hex: Array(key.utf8.dropFirst())) : nil
        self.init(observed: bytes ?? Array(key.utf8))
    }
}

extension EntryName: Comparable, CustomStringConvertible {
    package static func < (a: EntryName, b: EntryName) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }

    /// The name, safe on a terminal: what it would obey, and what is not UTF-8, is escaped as `\xHH`.
    package var description: String { bytes.printable }
}
