// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage
import TestSupport
import Testing

@testable import binfmtctl

/// What files, paths and other programs' entries contain is escaped where it is printed. (Report B16)
@Suite struct HostileOutputTests {
    private static let plain = Terminal(width: nil, hasColor: false)
    private static let native = NativePrograms(identity: ELFIdentity(.bits64, .little, machine: 62))
    private static let narrow = Terminal(width: 20, hasColor: false)

    @Test(arguments: HostileText.all)
    func noWayToTheTerminalLetsItThrough(_ text: String) {
        for terminal in [Self.plain, Self.narrow] {
            let outputs = [
                terminal.prose(text), terminal.prose([StyledText(text, .red), StyledText(text)]),
                terminal.paragraph(text, indentation: 2, label: "x"), terminal.styled(text, .red),
                terminal.table([[Cell(text), Cell(text, .bold)]]), SourceExcerpt(line: text, column: 1, nil).text,
            ]
            for output in outputs { #expect(HostileText.obeyed(in: output).isEmpty, "\(output)") }
        }
        for output in [Self.plain.prose(text), Self.plain.styled(text, .red), Self.plain.table([[Cell(text)]])] {
            #expect(!output.contains("\n"), "a forged line")
        }
    }

    /// The colours of the program are the only sequences, even in a text that has sequences of its own.
    @Test(arguments: HostileText.all)
    func coloursAreTheProgramsOwn(_ text: String) {
        let terminal = Terminal(width: nil, hasColor: true)
        let output = terminal.prose([StyledText(text, .green), StyledText(text)])
        #expect(output == "\u{1b}[32m\(text.printable)\u{1b}[0m\(text.printable)")
    }

    @Test(arguments: HostileText.all)
    func noDocumentHasIt(_ text: String) throws {
        struct Texts: Document {
            let text: String
            let path: DocumentPath
        }
        let json = try Texts(text: text, path: DocumentPath(FilePath("/" + text))).json
        #expect(HostileText.obeyed(in: json).isEmpty)
        let value = try JSONValue(parsing: json)
        #expect(value["text"] == .string(text))
        #expect(value["path"] == .string("/" + text))
    }

    /// A file reaches a terminal with its lines, and another program as it is.
    @Test func theContentOfAFileKeepsItsLines() {
        let text = "one\n\ttwo\u{1b}[31m\n\u{202e}three\n"
        let shown = Terminal(width: 80, hasColor: true).content(text)
        #expect(shown == "one\n\ttwo\\x1b[31m\n\\xe2\\x80\\xaethree\n")
        #expect(Terminal(width: nil, hasColor: false).content(text) == text)
    }

    /// What `import` makes of another program's entries.
    @Test(arguments: HostileText.all)
    func noImportedTextHasIt(_ text: String) throws {
        let name = EntryName(observed: text.replacing("/", with: "").utf8)
        let status = Array("enabled\ninterpreter /\(text)\nflags: \noffset 0\nmagic 4d41\n".utf8)
        let observed = ObservedState(
            isEnabled: true,
            entries: [
                ObservedEntry(
                    name: name, registration: RegistrationIdentity(inode: 1),
                    status: Result { () throws(EntryStatus.Malformed) in try EntryStatus(parsing: status) })
            ])
        let imported = Import(
            [ImportSource(kernel: "/proc/sys/fs/binfmt_misc", observed)], isWhole: true, native: Self.native,
            hazards: [:])
        #expect(HostileText.obeyed(in: imported.toml()).isEmpty, "\(imported.toml())")
        let line = ":e:M::X::/\(text):"
        let file = ImportSource(binfmtD: FilePath("/\(text).conf"), text: Array(line.utf8))
        let lines = Import([file], isWhole: false, native: Self.native, hazards: [:])
        #expect(HostileText.obeyed(in: lines.toml()).isEmpty, "\(lines.toml())")
    }
}

@Suite struct SourceFilesTests {
    /// (Report B13: `check` read a file again for each complaint.)
    @Test func aFileIsReadOnceForAllItsLines() {
        var read: [FilePath] = []
        var files = SourceFiles { path in
            read.append(path)
            return path == "/none" ? nil : Array("one\ntwo\nthree".utf8)
        }
        for line in 1...3 {
            for file: FilePath in ["/a.toml", "/b.conf", "/none"] {
                let excerpt = files.excerpt(SourceLocation(file: file, line: line, column: 1), nil)
                #expect((excerpt == nil) == (file == "/none"))
            }
        }
        #expect(files.excerpt(SourceLocation(file: "/a.toml", line: 2, column: 2), nil)?.text == "    two\n     ^")
        #expect(files.excerpt(SourceLocation(file: "/a.toml", line: 4, column: 1), nil) == nil)
        #expect(read == ["/a.toml", "/b.conf", "/none"])
    }
}
