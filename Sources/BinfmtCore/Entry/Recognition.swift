// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The rule by which the kernel decides which files an entry is for.
package enum Recognition: Hashable, Sendable {
    /// Type `M`: bytes at the start of the file.
    case magic(MagicPattern)
    /// Type `E`: what follows the last dot of the path.
    case filenameExtension(FilenameExtension)
    /// Type `B`: what a BPF handler decides, which only the kernel can tell.
    case handler(BPFHandler)

    package var isMagic: Bool {
        if case .magic = self { true } else { false }
    }

    /// Whether some file matches both. A file of any content can have any name, so a magic and a filename extension
    /// always overlap; a handler may take any file.
    package func overlaps(_ other: Recognition) -> Bool {
        switch (self, other) {
        case (.magic(let a), .magic(let b)): a.overlaps(b)
        case (.filenameExtension(let a), .filenameExtension(let b)): a == b
        case (.magic, .filenameExtension), (.filenameExtension, .magic), (.handler, _), (_, .handler): true
        }
    }

    /// Whether every file that matches `other` matches this one, too.
    package func covers(_ other: Recognition) -> Bool {
        switch (self, other) {
        case (.magic(let a), .magic(let b)): a.covers(b)
        case (.filenameExtension(let a), .filenameExtension(let b)): a == b
        case (.handler(let a), .handler(let b)): a.name == b.name
        case (.magic, .filenameExtension), (.filenameExtension, .magic), (.handler, _), (_, .handler): false
        }
    }
}

/// A BPF handler of an entry of type `B`: a program in the kernel that decides which files the entry takes, and which
/// interpreter runs each (`bm_entry_show` in `fs/binfmt_misc.c`, Linux 7.3).
package struct BPFHandler: Hashable, Sendable {
    package let name: [UInt8]
    /// The interpreters that the kernel holds for the handler to choose from.
    package var interpreters: [Interpreter] = []

    package struct Interpreter: Hashable, Sendable {
        package let name: [UInt8]
        package let path: FilePath
    }

    package init(name: some Sequence<UInt8>, interpreters: [Interpreter] = []) {
        self.name = Array(name)
        self.interpreters = interpreters
    }
}

extension BPFHandler: CustomStringConvertible {
    package var description: String { name.printable }
}
