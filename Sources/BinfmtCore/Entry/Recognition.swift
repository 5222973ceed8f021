// SPDX-License-Identifier: Apache-2.0

/// The rule by which the kernel decides which files an entry is for.
package enum Recognition: Hashable, Sendable {
    /// Type `M`: bytes at the start of the file.
    case magic(MagicPattern)
    /// Type `E`: what follows the last dot of the path.
    case filenameExtension(FilenameExtension)

    package var isMagic: Bool {
        if case .magic = self { true } else { false }
    }

    /// Whether some file matches both. A file of any content can have any name, so a magic and a filename extension
    /// always overlap.
    package func overlaps(_ other: Recognition) -> Bool {
        switch (self, other) {
        case (.magic(let a), .magic(let b)): a.overlaps(b)
        case (.filenameExtension(let a), .filenameExtension(let b)): a == b
        case (.magic, .filenameExtension), (.filenameExtension, .magic): true
        }
    }

    /// Whether every file that matches `other` matches this one, too.
    package func covers(_ other: Recognition) -> Bool {
        switch (self, other) {
        case (.magic(let a), .magic(let b)): a.covers(b)
        case (.filenameExtension(let a), .filenameExtension(let b)): a == b
        case (.magic, .filenameExtension), (.filenameExtension, .magic): false
        }
    }
}
