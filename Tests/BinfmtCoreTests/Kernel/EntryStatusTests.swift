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

    @Test(arguments: [
        ("OT", EntryFlags.transparent), ("OFT", EntryFlags([.transparent, .fixBinary])),
        ("OCT", EntryFlags([.transparent, .credentials])), ("FL", EntryFlags([.loader, .fixBinary])),
    ])
    func readsTheFlagsOfLinux73(_ letters: String, _ flags: EntryFlags) throws {
        let status = try parse("enabled\ninterpreter /b\nflags: \(letters)\nextension .x\n")
        #expect(status.flags == flags && flags.letters == letters)
        #expect(status.isFullyUnderstood)
    }

    /// From Documentation/admin-guide/binfmt-misc.rst of Linux 7.3.
    @Test func readsABPFHandler() throws {
        let bound = "bpf-interpreter aarch64 /usr/bin/qemu-aarch64\nbpf-interpreter arm /opt/with blank\n"
        let status = try parse("enabled\nbpf my_handler\n\(bound)flags: \n")
        #expect(
            status.recognition
                == .handler(
                    BPFHandler(
                        name: "my_handler".utf8,
                        interpreters: [
                            .init(name: Array("aarch64".utf8), path: "/usr/bin/qemu-aarch64"),
                            .init(name: Array("arm".utf8), path: "/opt/with blank"),
                        ])))
        #expect(status.interpreter == nil && status.isFullyUnderstood)
        #expect(try parse("enabled\nbpf-interpreter a /b\nbpf h\nflags: \n").unknownLines == ["bpf-interpreter a /b"])
    }

    /// A kind of entry that is not known yet is no malformed one.
    @Test func keepsWhatALaterKernelMayAdd() throws {
        let other = try parse("enabled\nwasm module\nflags: Q\n")
        #expect(other.unknownLines == ["wasm module"] && other.unknownFlags == "Q" && other.recognition == nil)
        #expect(!other.isFullyUnderstood)
        let status = try parse("enabled\ninterpreter /b\nflags: OXY\noffset 2\nmagic 61\nweight 3\n")
        #expect(status.flags == .openBinary)
        #expect(status.unknownFlags == "XY")
        #expect(status.unknownLines == ["weight 3"])
        #expect(!status.isFullyUnderstood)
    }

    /// Another program's interpreter or extension with a line break, which would make its entry pass for another one.
    /// (Report B17: such an entry was adopted.)
    @Test(arguments: [
        "enabled\ninterpreter /b\nextension .jar\nflags: \noffset 0\nmagic 61\n",
        "enabled\ninterpreter /b\nflags: F\nextension .jar\nflags: \noffset 0\nmagic 61\n",
        "enabled\ninterpreter /b\nmask ff\nflags: \noffset 0\nmagic 61\n",
        "enabled\ninterpreter /b\nmagic 61\nflags: \nextension .jar\n",
        "enabled\ninterpreter /b\noffset 0\nflags: \noffset 0\nmagic 61\n",
        "enabled\ninterpreter /b\ndisabled\nflags: \noffset 0\nmagic 61\n",
        "enabled\ninterpreter /b\ninterpreter /c\nflags: \noffset 0\nmagic 61\n",
        "enabled\ninterpreter /b\n\nflags: \noffset 0\nmagic 61\n",
        "enabled\ninterpreter /b\nflags: \nextension .jar\nextension .exe\n",
        "enabled\ninterpreter /b\nflags: \nextension .jar\n\n",
        "enabled\ninterpreter /b\nflags: \nextension .jar\nmask ff\n",
    ])
    func doesNotUnderstandWhatIsRepeatedOrOutOfPlace(_ text: String) {
        let status = Result { () throws(EntryStatus.Malformed) in try EntryStatus(parsing: Array(text.utf8)) }
        let observed = ObservedEntry(
            name: EntryName(observed: "e".utf8), registration: RegistrationIdentity(inode: 1), status: status)
        #expect(observed.entry == nil)
        if case .success = status { #expect(observed.unknownText != nil) }
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
