// SPDX-License-Identifier: Apache-2.0

/// The flags of an entry. In its normal form `credentials` has `openBinary` with it, as the kernel makes it.
package struct EntryFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        let impliesOpen = rawValue & Flag.credentials.rawValue != 0
        self.rawValue = impliesOpen ? rawValue | Flag.openBinary.rawValue : rawValue
    }

    package init(_ flag: Flag) { self.init(rawValue: flag.rawValue) }

    package static let preserveArgv0 = EntryFlags(.preserveArgv0)
    package static let openBinary = EntryFlags(.openBinary)
    package static let credentials = EntryFlags(.credentials)
    package static let fixBinary = EntryFlags(.fixBinary)

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

        /// The kernel's letter, in ASCII.
        package var letter: UInt8 {
            switch self {
            case .preserveArgv0: UInt8(ascii: "P")
            case .openBinary: UInt8(ascii: "O")
            case .credentials: UInt8(ascii: "C")
            case .fixBinary: UInt8(ascii: "F")
            }
        }

        /// The configuration's key.
        package var key: String {
            switch self {
            case .preserveArgv0: "preserve-argv0"
            case .openBinary: "open-binary"
            case .credentials: "credentials"
            case .fixBinary: "fix-binary"
            }
        }

        package init?(letter: UInt8) {
            switch letter {
            case UInt8(ascii: "P"): self = .preserveArgv0
            case UInt8(ascii: "O"): self = .openBinary
            case UInt8(ascii: "C"): self = .credentials
            case UInt8(ascii: "F"): self = .fixBinary
            default: return nil
            }
        }
    }
}
