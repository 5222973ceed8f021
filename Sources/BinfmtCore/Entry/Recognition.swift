// SPDX-License-Identifier: Apache-2.0

/// How the kernel tells which files an entry is for.
package enum Recognition: Hashable, Sendable {
    /// Type `M`: bytes at the start of the file.
    case magic(MagicPattern)
    /// Type `E`: what follows the last dot of the path.
    case filenameExtension(FilenameExtension)

    package var isMagic: Bool {
        if case .magic = self { true } else { false }
    }

    /// Whether some file is recognised by both. A file of any content can have any name, so a magic and a filename
    /// extension always overlap.
    package func overlaps(_ other: Recognition) -> Bool {
        switch (self, other) {
        case (.magic(let a), .magic(let b)): a.overlaps(b)
        case (.filenameExtension(let a), .filenameExtension(let b)): a == b
        case (.magic, .filenameExtension), (.filenameExtension, .magic): true
        }
    }

    /// Whether every file that `other` recognises is recognised by this one as well.
    package func covers(_ other: Recognition) -> Bool {
        switch (self, other) {
        case (.magic(let a), .magic(let b)): a.covers(b)
        case (.filenameExtension(let a), .filenameExtension(let b)): a == b
        case (.magic, .filenameExtension), (.filenameExtension, .magic): false
        }
    }
}

/// What follows the last dot of a file's path, compared byte by byte, upper and lower case told apart.
package struct FilenameExtension: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// An extension as the kernel prints it, without the dot that it puts before it.
    init(observed bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// An extension as a configuration declares it; one leading dot is dropped, since people write it.
    ///
    /// - Throws: what the kernel would refuse, and what it takes but could never match.
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
