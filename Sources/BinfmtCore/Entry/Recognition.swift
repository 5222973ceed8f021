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

    /// The BPF handler that decides; nil where a pattern does.
    package var handler: BPFHandler? {
        if case .handler(let handler) = self { handler } else { nil }
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
    /// The interpreters that the kernel holds for the handler to choose from, sorted by name: their order means nothing.
    package let interpreters: [Interpreter]

    package struct Interpreter: Hashable, Sendable {
        /// The word by which the handler chooses it.
        package let name: [UInt8]
        package let path: FilePath

        package init(name: [UInt8], path: FilePath) {
            self.name = name
            self.path = path
        }

        /// What binds it when it is written to the file of an entry.
        package var binding: [UInt8] { [UInt8(ascii: "+")] + name + [UInt8(ascii: " ")] + path.bytes }
    }

    package init(name: some Sequence<UInt8>, interpreters: [Interpreter] = []) {
        self.name = Array(name)
        self.interpreters = interpreters.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// The most interpreters that the kernel holds for one entry (`BINFMT_MISC_INTERP_MAX`).
    package static let maximumInterpreters = 100
}

extension BPFHandler: CustomStringConvertible {
    package var description: String { name.printable }
}

// MARK: - The rules for names

extension BPFHandler {
    /// Why no handler can have a name; nil if one can (`bpf_obj_name_cpy` in `kernel/bpf/syscall.c`).
    package static func problem(ofName name: String) -> String? {
        if name.isEmpty { return "the name of a BPF handler must not be empty" }
        guard name.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }) else {
            return "a BPF handler's name has only the letters A to Z and a to z, digits, '_' and '.'"
        }
        if name.utf8.count > maximumNameLength {
            return "the name is \(name.utf8.count) bytes long; a BPF handler's has at most \(maximumNameLength)"
        }
        return nil
    }

    /// In bytes (`BINFMT_MISC_OPS_NAME_MAX`, which counts the NUL at its end).
    private static let maximumNameLength = 15
}

extension BPFHandler.Interpreter {
    /// Why no handler can choose an interpreter by a name; nil if one can (`fs/binfmt_misc.c`).
    package static func problem(ofName name: String) -> String? {
        if name.isEmpty { return "the name of an interpreter must not be empty" }
        if !name.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) {
            return "the name of an interpreter must be one word of printable ASCII, not '\(Array(name.utf8).printable)'"
        }
        if name.utf8.count > maximumNameLength {
            return "the name is \(name.utf8.count) bytes long; an interpreter's has at most \(maximumNameLength)"
        }
        return nil
    }

    /// In bytes (`BINFMT_MISC_INTERP_NAME_MAX`).
    private static let maximumNameLength = 32
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
