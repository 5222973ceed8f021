// SPDX-License-Identifier: Apache-2.0

/// What follows the last dot of a file's path. It is compared byte by byte, so case matters.
package struct FilenameExtension: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// An extension as the kernel prints it, without the dot.
    init(observed bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// An extension as a configuration declares it; one leading dot is dropped, since people write it.
    ///
    /// - Throws: for an extension that the kernel would refuse, and for one that it would accept but never match.
    package init(declaring text: String) throws(Invalid) {
        let bytes = Array(text.utf8.first == UInt8(ascii: ".") ? text.utf8.dropFirst() : text.utf8[...])
        if bytes.isEmpty { throw .empty }
        if bytes.contains(UInt8(ascii: "/")) { throw .slash }
        if bytes.contains(UInt8(ascii: ".")) { throw .innerDot(String(decoding: bytes, as: UTF8.self)) }
        if text.hasControl { throw .controlCharacter }
        self.bytes = bytes
    }

    /// The extension without a dot, control characters escaped.
    package var description: String { bytes.printable }

    /// Why a text cannot be a filename extension.
    package enum Invalid: Error, Hashable, CustomStringConvertible {
        case empty, slash, controlCharacter
        case innerDot(String)

        package var description: String {
            switch self {
            case .empty: "the extension must not be empty"
            case .slash: "an extension must not contain '/'"
            case .controlCharacter: "an extension must not contain control characters"
            case .innerDot(let text):
                "'\(text)' could never match: the kernel compares what follows the last dot of the path"
            }
        }
    }
}
