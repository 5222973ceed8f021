// SPDX-License-Identifier: Apache-2.0

/// The flags of an entry. In its normal form `credentials` has `openBinary` with it, as the kernel makes it.
package struct EntryFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        let impliesOpen = rawValue & 4 != 0
        self.rawValue = impliesOpen ? rawValue | 2 : rawValue
    }

    /// `P`: the program keeps the name it was called by as argv[0].
    package static let preserveArgv0 = EntryFlags(rawValue: 1)
    /// `O`: the kernel opens the program and hands the interpreter a descriptor.
    package static let openBinary = EntryFlags(rawValue: 2)
    /// `C`: the interpreter gets the credentials of a set-uid program.
    package static let credentials = EntryFlags(rawValue: 4)
    /// `F`: the kernel opens the interpreter when the entry is registered and keeps that file.
    package static let fixBinary = EntryFlags(rawValue: 8)

    /// Each flag with the kernel's letter and the configuration's key, in the order in which the kernel prints them, which is
    /// that of their bits.
    package static let all: [(flag: EntryFlags, letter: UInt8, key: String)] = [
        (.preserveArgv0, UInt8(ascii: "P"), "preserve-argv0"),
        (.openBinary, UInt8(ascii: "O"), "open-binary"),
        (.credentials, UInt8(ascii: "C"), "credentials"),
        (.fixBinary, UInt8(ascii: "F"), "fix-binary"),
    ]

    /// The kernel's letters, in its own order.
    package var letters: String {
        var letters: [UInt8] = []
        for (flag, letter, _) in Self.all where contains(flag) { letters.append(letter) }
        return String(decoding: letters, as: UTF8.self)
    }

    /// The keys by which the configuration names these flags, in the kernel's order.
    package var keys: [String] { Self.all.filter { contains($0.flag) }.map(\.key) }
}
