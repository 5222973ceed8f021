// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import Testing

@testable import BinfmtCore

/// The texts are from Linux 6.18, unless a test says otherwise.
@Suite struct EntryStatusTests {
    private func parse(_ text: String) throws -> EntryStatus { try EntryStatus(parsing: Array(text.utf8)) }

    @Test func readsAMagic() throws {
        let status = try parse(
            """
            enabled
            interpreter /usr/bin/qemu-aarch64-static
            flags: POCF
            offset 0
            magic 7f454c46
            mask ffffff00

            """)
        #expect(status.isEnabled)
        #expect(status.interpreter == "/usr/bin/qemu-aarch64-static")
        #expect(status.flags == [.preserveArgv0, .credentials, .fixBinary])
        #expect(
            status.recognition
                == .magic(try MagicPattern(magic: [0x7f, 0x45, 0x4c, 0x46], mask: [0xff, 0xff, 0xff, 0])))
        #expect(status.isFullyUnderstood)
    }

    @Test func readsAnExtension() throws {
        let status = try parse("disabled\ninterpreter /bin/true\nflags: \nextension .jar\n")
        #expect(!status.isEnabled)
        #expect(status.flags == [])
        #expect(status.recognition == .filenameExtension(try FilenameExtension(declaring: "jar")))
    }

    @Test func keepsWhatALaterKernelMayAdd() throws {
        let status = try parse("enabled\ninterpreter /b\nflags: OTL\noffset 2\nmagic 61\nweight 3\n")
        #expect(status.flags == .openBinary)
        #expect(status.unknownFlags == "TL")
        #expect(status.unknownLines == ["weight 3"])
        #expect(!status.isFullyUnderstood)
    }

    @Test(arguments: [
        ("", EntryStatus.Malformed.missing("enabled or disabled")),
        ("enabled\n", .missing("interpreter")),
        ("enabled\ninterpreter /b\nflags: \n", .missing("magic or extension")),
        ("enabled\ninterpreter /b\noffset x\nmagic 61\n", .unreadable("offset")),
        ("enabled\ninterpreter /b\noffset 0\nmagic 6\n", .unreadable("magic")),
        ("enabled\ninterpreter /b\noffset 0\nmagic 61\nmask 6g\n", .unreadable("mask")),
        ("enabled\ninterpreter /b\noffset 300\nmagic 61\n", .impossible(.beyondWindow(offset: 300, size: 1))),
    ])
    func saysWhatItCannotRead(_ text: String, _ reason: EntryStatus.Malformed) {
        #expect(throws: reason) { try parse(text) }
    }
}
