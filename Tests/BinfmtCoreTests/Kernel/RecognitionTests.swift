// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct RecognitionTests {
    private let jar = Recognition.filenameExtension(FilenameExtension(observed: "jar".utf8))
    private let war = Recognition.filenameExtension(FilenameExtension(observed: "war".utf8))

    @Test func anExtensionOverlapsItselfAndEveryMagic() throws {
        let magic = Recognition.magic(try MagicPattern(magic: Array("PK".utf8)))
        #expect(jar.overlaps(jar) && jar.covers(jar))
        #expect(!jar.overlaps(war) && !jar.covers(war))
        #expect(jar.overlaps(magic) && magic.overlaps(jar))
        #expect(!jar.covers(magic) && !magic.covers(jar))
    }

    @Test(arguments: [
        ("", FilenameExtension.Invalid.empty), (".", .empty), ("a/b", .slash), ("a\tb", .controlCharacter),
        ("tar.gz", .innerDot("tar.gz")), ("..exe", .innerDot(".exe")),
    ])
    func refusesAnExtension(_ text: String, _ reason: FilenameExtension.Invalid) {
        #expect(throws: reason) { try FilenameExtension(declaring: text) }
    }

    @Test func dropsTheDotThatPeopleWrite() throws {
        #expect(try FilenameExtension(declaring: ".exe") == FilenameExtension(declaring: "exe"))
        #expect(try FilenameExtension(declaring: "EXE") != FilenameExtension(declaring: "exe"))
    }

    @Test func credentialsBringOpenBinaryWithThem() {
        #expect(EntryFlags.credentials == [.credentials, .openBinary])
        #expect(EntryFlags([.preserveArgv0, .credentials, .fixBinary]).letters == "POCF")
        #expect(EntryFlags.openBinary.letters == "O")
    }

    @Test func isDescribedInWords() throws {
        let aarch64 = try #require(QemuTarget.named("arm64"))
        #expect(Recognition.magic(aarch64.pattern).description == "ELF 64-bit little-endian AArch64")
        #expect(Recognition.magic(aarch64.pattern).platform == "linux/arm64")
        #expect(jar.description == "*.jar")
        #expect(Recognition.magic(try MagicPattern(magic: Array("MZ".utf8))).description == "'MZ'")
        let masked = try MagicPattern(offset: 8, magic: [0x41, 0, 2], mask: [0xff, 0, 0xff])
        #expect(Recognition.magic(masked).description == "41 .. 02 at byte 8")
    }
}
