// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct RegisterStringTests {
    private func entry(
        _ name: String = "x", magic: [UInt8] = Array("MZ".utf8), mask: [UInt8]? = nil, offset: Int = 0,
        _ interpreter: FilePath = "/bin/x", _ flags: EntryFlags = []
    ) throws -> Entry {
        Entry(
            name: try EntryName(declaring: name),
            recognition: .magic(try MagicPattern(offset: offset, magic: magic, mask: mask)), interpreter: interpreter,
            flags: flags)
    }

    private func text(_ entry: Entry) throws -> String {
        String(decoding: try RegisterString(entry).bytes, as: UTF8.self)
    }

    @Test func isWrittenAsTheKernelReadsIt() throws {
        #expect(try text(entry()) == ":x:M::MZ::/bin/x:")
        #expect(try text(entry(offset: 8, "/bin/x", [.credentials, .fixBinary])) == ":x:M:8:MZ::/bin/x:OCF")
        let masked = try entry(magic: [0x7f, 0x3a, 0x5c, 0x00], mask: [0xff, 0xff, 0xff, 0xfe])
        #expect(try text(masked) == ":x:M::\\x7f\\x3a\\x5c\\x00:\\xff\\xff\\xff\\xfe:/bin/x:")
        let jar = Entry(
            name: try EntryName(declaring: "jar"),
            recognition: .filenameExtension(try FilenameExtension(declaring: "jar")), interpreter: "/bin/j", flags: [])
        #expect(try text(jar) == ":jar:E::jar::/bin/j:")
    }

    @Test func takesAnotherDelimiterWhereAColonIsPartOfAField() throws {
        let string = try RegisterString(entry("a:b"))
        #expect(string.bytes.first != UInt8(ascii: ":"))
        #expect(try RegisterLine(string.bytes).entry == entry("a:b"))
    }

    @Test func writesLongPatternsRaw() throws {
        let magic = [UInt8](repeating: 0xab, count: 256)
        let mask = [UInt8](repeating: 0xfe, count: 256)
        let long = try entry(magic: magic, mask: mask)
        #expect(try RegisterString(long).bytes.count < 600)
        #expect(try RegisterLine(RegisterString(long).bytes).entry == long)
    }

    @Test func refusesWhatCannotFit() throws {
        let zeros = [UInt8](repeating: 0, count: 240)
        let tooLong = try entry(magic: zeros, mask: zeros)
        #expect(throws: RegisterString.Invalid.tooLong(1935)) { try RegisterString(tooLong) }
    }

    @Test func standInIsTheSameEntryUnderTheStandInsName() throws {
        let standIn = try RegisterString(entry("a")).standIn
        #expect(String(decoding: standIn.bytes, as: UTF8.self) == ":~binfmtd~a:M::MZ::/bin/x:")
    }

    /// Every declared entry can be read back from its register string.
    @Test func roundTrips() throws {
        var random = SeededGenerator(seed: 7)
        func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
            (0..<Int.random(in: count, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        let alphabet = Array("abc:|,; ~\\x3a\u{e9}".unicodeScalars)
        func name() -> String {
            var name = "n"
            for _ in 0..<Int.random(in: 0...9, using: &random) {
                name.unicodeScalars.append(alphabet.randomElement(using: &random) ?? "a")
            }
            return name
        }
        for _ in 0..<2000 {
            let magic = bytes(1...40)
            let mask = Bool.random(using: &random) ? bytes(magic.count...magic.count) : nil
            let declared = try entry(
                name(), magic: magic, mask: mask, offset: Int.random(in: 0...200, using: &random),
                FilePath("/bin/" + name()), EntryFlags(rawValue: UInt8.random(in: 0...15, using: &random)))
            #expect(try RegisterLine(RegisterString(declared).bytes).entry == declared)
        }
    }
}
