// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// Generates texts of binfmt.d(5): lines that register entries, and other lines. It generates no lines that the kernel
/// accepts and binfmtd refuses on purpose:
///
/// | not generated | because |
/// |---|---|
/// | patterns that match this host's programs, or `#!` | no program, or no script, would run |
/// | names with control characters, or that are not UTF-8; names over 246 bytes, or with the stand-ins' prefix | they could not be shown, or not be replaced without a gap |
/// | extensions with a dot | they could never match; one leading dot is dropped |
/// | relative interpreters, offsets such as `+4` | they can only be mistakes |
/// | `F` with a missing interpreter | binfmtd registers it as soon as the interpreter exists |
/// | lines of more than 1911 bytes that the kernel accepts | their stand-ins would not fit |
package struct BinfmtDLineGenerator {
    private var generator: SeededGenerator
    private let withMistakes: Bool

    package init(seed: UInt64, withMistakes: Bool) {
        generator = SeededGenerator(seed: seed)
        self.withMistakes = withMistakes
    }

    package mutating func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    package mutating func pick<Value>(_ values: [Value]) -> Value { values[random(0...values.count - 1)] }

    package mutating func chance(_ percent: Int) -> Bool { random(0...99) < percent }

    // MARK: - Files

    package mutating func text() -> [UInt8] {
        let ends =
            withMistakes && chance(40)
            ? ["\n", "\n", "\r\n", "\r", "\n\r", "\n\n", "\0", "\r\0\n"] : ["\n", "\n", "\r\n"]
        let end = Array(pick(ends).utf8)
        var text: [UInt8] = []
        for _ in 0..<random(1...6) {
            text += line() + (chance(5) ? Array(pick(ends).utf8) : end)
        }
        return chance(20) ? text.dropLast(end.count) : text
    }

    private mutating func line() -> [UInt8] {
        let blanks = ["", "", "", " ", "\t", " \t "]
        var line =
            switch random(0...19) {
            case 0: Array(pick(["", "#", "# :a:M::XX::/bin/true:", ";:a:M::XX::/bin/true:"]).utf8)
            case 1 where withMistakes: Array(pick(Self.rubbish).utf8)
            case 2 where withMistakes: longLine()
            default: entry()
            }
        line = Array(pick(blanks).utf8) + line + Array(pick(blanks).utf8)
        return line
    }

    private static let rubbish = [
        ":", "::", ":a", ":a:", ":b:M", "a", "P", "PaPMPPABPP/bin/truePP", "hello world", "\\a",
        ":register:M::AB::/bin/true:",
        ":status:E::x::/bin/true:", ":..:M::AB::/bin/true:", "::M::AB::/bin/true:", ":a/b:M::AB::/bin/true:",
        "//a/M//AB",
    ]

    /// Text that the kernel refuses under any name.
    private mutating func longLine() -> [UInt8] {
        let length = pick([1921, 4096, 70_000])
        return Array(":\(pick(Self.names)):M::AB::/\(String(repeating: "i", count: length)):".utf8)
    }

    // MARK: - Entries

    private static let names = [
        "a", "a", "b", "b", "c", "d", "qemu-x", "größe", "a b", "x.y", "%s", "-1", "\\x41", "~", "#",
        String(repeating: "n", count: 246),
    ]

    /// Delimiters of the fields; the kernel decides how a field that contains one is read.
    private static let delimiters = [UInt8](":,|;/x4a@\\\"'\u{1f}".utf8) + [0xff, 0xc3, 0x80]

    /// Magic as it is written, with the offsets at which it matches no program of any host.
    private static let patterns: [(magic: String, offsets: [Int])] = [
        ("A", [0]), ("AB", [0]), ("ABC", [0]), ("AD", [0]), ("B", [0]), (#"\x41"#, [0]), (#"A\x00"#, [0]),
        (#"\x00\x01"#, [0, 1, 2, 3, 4, 5]), (#"A\b"#, [0]), (#"\x3a\x2F\x5c"#, [0]),
        (#"\\x41B"#, [0]), (#"A\\\x42\\"#, [0]), (#"A\x0aB"#, [0]), ("größe", [0]),
        // A program of a class and a byte order that no host has.
        (#"\x7fELF\x03\x03\x01"#, [0]), ("A#;", [0]), ("A ", [0]),
    ]

    private mutating func entry() -> [UInt8] {
        let delimiter = withMistakes && chance(30) ? pick(Self.delimiters) : pick(Array(":,|".utf8))
        let recognition = chance(70) ? magic() : filenameExtension()
        var fields = [Array(pick(Self.names).utf8)] + recognition + [Array(interpreter().utf8)]
        var flags = pick(["", "", "", "P", "O", "C", "F", "OC", "FP", "POCF", "FCOP", "PP"])
        if withMistakes, chance(4) {
            flags = pick(["X", "p", "P O", ":", "P:"])
        }
        if withMistakes, chance(4) { fields.remove(at: random(0...fields.count - 1)) }
        return [delimiter] + Array(fields.joined(separator: [delimiter])) + [delimiter] + Array(flags.utf8)
    }

    private mutating func magic() -> [[UInt8]] {
        let pattern = pick(Self.patterns)
        var offset = pick(pattern.offsets.map(String.init))
        if offset == "0" { offset = pick(["", "", "0", "00"]) }
        // A mask of the magic's length with all bits of the first byte set: that byte distinguishes it from this host's
        // programs.
        let magic = Array(pattern.magic.utf8)
        var mask: [UInt8] = []
        if chance(30), !pattern.magic.contains("ELF") {
            let size = unescaped(pattern.magic)
            mask = Array(#"\xff"#.utf8)
            for _ in 1..<max(1, size) { mask += Array(pick([#"\xff"#, #"\xFF"#, #"\x00"#, #"\xdf"#]).utf8) }
            // The second byte decides if the first may be the padding of a short file.
            if pattern.magic.hasPrefix(#"\x00"#) { mask = Array(#"\xff\xff"#.utf8) }
        }
        if withMistakes, chance(4) {
            switch random(0...3) {
            case 0: mask += Array("x".utf8)
            case 1: offset = pick(["-1", "0x4", "255", "256", "99999999999999999999", "1 ", "A"])
            case 2: return [Array(pick(["X", "m", "", "MM", "T"]).utf8), Array(offset.utf8), magic, mask]
            default: return [Array("M".utf8), [], Array(pick([#"\x4"#, #"A\x"#, #"A\xzz"#, ""]).utf8), mask]
            }
        }
        return [Array("M".utf8), Array(offset.utf8), magic, mask]
    }

    /// The number of bytes that the kernel reads from a text.
    private func unescaped(_ text: String) -> Int {
        // A backslash that begins no escape keeps the next byte from beginning one.
        let text = text.replacing("\\\\", with: "bb")
        return text.utf8.count - 3 * text.ranges(of: "\\x").count
    }

    private mutating func filenameExtension() -> [[UInt8]] {
        let name =
            withMistakes && chance(4) ? pick(["", "a/b"]) : pick(["x", "y", "x", "X", "größe", "a b", "\\x41", "é"])
        // The kernel looks at neither offset nor mask.
        return [
            Array("E".utf8), Array(pick(["", "", "0", "7", "z"]).utf8), Array(name.utf8),
            Array(pick(["", "", "m"]).utf8),
        ]
    }

    private mutating func interpreter() -> String {
        withMistakes && chance(3) ? "" : pick(["/bin/true", "/bin/cat", "/usr/bin/../bin/env", "//bin/true"])
    }
}
