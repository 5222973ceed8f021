// SPDX-License-Identifier: Apache-2.0

/// The flags of an entry. In their normal form `credentials` and `transparent` have `openBinary` with them, as the kernel
/// makes it.
package struct EntryFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        let impliesOpen = rawValue & (Flag.credentials.rawValue | Flag.transparent.rawValue) != 0
        self.rawValue = impliesOpen ? rawValue | Flag.openBinary.rawValue : rawValue
    }

    package init(_ flag: Flag) { self.init(rawValue: flag.rawValue) }

    package static let preserveArgv0 = EntryFlags(.preserveArgv0)
    package static let openBinary = EntryFlags(.openBinary)
    package static let credentials = EntryFlags(.credentials)
    package static let fixBinary = EntryFlags(.fixBinary)
    package static let transparent = EntryFlags(.transparent)
    package static let loader = EntryFlags(.loader)

    /// The flags that are set, in the order in which the kernel prints them.
    package var flags: [Flag] { Flag.allCases.filter { rawValue & $0.rawValue != 0 } }

    /// The kernel's letters.
    package var letters: String { String(decoding: flags.map(\.letter), as: UTF8.self) }

    /// The keys by which the configuration names the flags.
    package var keys: [String] { flags.map(\.key) }
}

extension EntryFlags {
    /// One flag. The raw value is its bit; the cases are in the order in which the kernel prints the flags.
    package enum Flag: UInt8, CaseIterable, Sendable {
        /// `P`: the program keeps the name it was called by as argv[0].
        case preserveArgv0 = 1
        /// `O`: the kernel opens the program and hands the interpreter a descriptor.
        case openBinary = 2
        /// `C`: the interpreter gets the credentials of a set-uid program.
        case credentials = 4
        /// `F`: the kernel opens the interpreter when the entry is registered, and keeps that file.
        case fixBinary = 8
        /// `T`: argv stays as the caller made it, and the program is what /proc/PID/exe names.
        case transparent = 16
        /// `L`: the kernel runs the program itself, with the interpreter in place of the loader that it names.
        case loader = 32

        /// The flags that every supported kernel has.
        package static let classic: [Flag] = [.preserveArgv0, .openBinary, .credentials, .fixBinary]

        /// The kernel's letter, in ASCII.
        package var letter: UInt8 {
            switch self {
            case .preserveArgv0: UInt8(ascii: "P")
            case .openBinary: UInt8(ascii: "O")
            case .credentials: UInt8(ascii: "C")
            case .fixBinary: UInt8(ascii: "F")
            case .transparent: UInt8(ascii: "T")
            case .loader: UInt8(ascii: "L")
            }
        }

        /// The configuration's key.
        package var key: String {
            switch self {
            case .preserveArgv0: "preserve-argv0"
            case .openBinary: "open-binary"
            case .credentials: "credentials"
            case .fixBinary: "fix-binary"
            case .transparent: "transparent"
            case .loader: "loader"
            }
        }

        package init?(letter: UInt8) {
            switch letter {
            case UInt8(ascii: "P"): self = .preserveArgv0
            case UInt8(ascii: "O"): self = .openBinary
            case UInt8(ascii: "C"): self = .credentials
            case UInt8(ascii: "F"): self = .fixBinary
            case UInt8(ascii: "T"): self = .transparent
            case UInt8(ascii: "L"): self = .loader
            default: return nil
            }
        }
    }
}

extension EntryFlags {
    /// Two flags that the kernel does not take together (`create_entry` in `fs/binfmt_misc.c`); nil if there are none.
    package var conflict: (Flag, Flag)? {
        if contains(.loader) {
            // With `C` and `T`, `O` is only what they imply.
            let others: [Flag] = [.transparent, .preserveArgv0, .credentials, .openBinary]
            if let other = others.first(where: { contains(EntryFlags($0)) }) { return (.loader, other) }
        }
        return contains(.transparent) && contains(.preserveArgv0) ? (.transparent, .preserveArgv0) : nil
    }
}
