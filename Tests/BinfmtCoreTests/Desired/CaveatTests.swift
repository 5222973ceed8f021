// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct CaveatTests {
    private static let identity = FileIdentity(
        device: 1, inode: 1, size: 1, modified: FileTime(seconds: 0, nanoseconds: 0))

    /// The codes of the caveats of an entry, whose only interpreter is this file.
    private func codes(toml: String, _ file: InterpreterFile) -> [ReasonCode] {
        codes(Configuration(files: [ConfigFile(path: "/a.toml", text: Array("[entry.a]\n\(toml)".utf8))]), file)
    }

    private func codes(line: String, _ file: InterpreterFile = .present(identity)) -> [ReasonCode] {
        let lines = BinfmtDFile(path: "/a.conf", text: Array(line.utf8))
        #expect(lines.issues == [])
        return codes(Configuration(files: [], binfmtD: [lines]), file)
    }

    private func codes(_ configuration: Configuration, _ file: InterpreterFile) -> [ReasonCode] {
        let declared = configuration.entries.filter { !$0.isOffer }
        let paths = declared.flatMap(\.interpreters).map { (HashedPath($0), file) }
        let facts = HostFacts(
            native: NativePrograms(identity: ELFIdentity(.bits64, .little, machine: 62)), nativeTargets: [],
            interpreters: Dictionary(paths, uniquingKeysWith: { $1 }))
        return DesiredState(configuration, facts).entries.filter { !$0.declared.isOffer }.flatMap(\.caveats).map(\.code)
    }

    /// Report A9: an entry that waits for its interpreter gets the warning, too.
    @Test func aMistakeIsToldOfAnEntryThatIsNotRegistered() {
        func kinds(_ magic: String) -> [BinfmtCore.Issue.Kind] {
            let toml = "[entry.a]\nmagic = '\(magic)'\ninterpreter = '/x'\nfix-binary = true"
            let configuration = Configuration(files: [ConfigFile(path: "/a.toml", text: Array(toml.utf8))])
            let facts = HostFacts(
                native: NativePrograms(identity: ELFIdentity(.bits64, .little, machine: 62)), nativeTargets: [],
                interpreters: [HashedPath("/x"): .missing(.noSuchFileOrDirectory)])
            return DesiredState(configuration, facts).issues(besides: []).map(\.kind)
        }
        #expect(kinds("504b0304") == [.notRegistered, .caveat])
        #expect(kinds("PK") == [.notRegistered])
    }

    /// Report A8: /usr/bin, /etc/passwd, a socket.
    @Test func anInterpreterThatCannotBeExecuted() {
        let jar = "extension = 'jar'\ninterpreter = '/x'"
        let obstacles: [KernelRefusal.Obstacle] = [.directory, .notAFile, .notExecutable(mode: 0o644)]
        for obstacle in obstacles {
            #expect(codes(toml: jar, .present(Self.identity, obstacle: obstacle)) == [obstacle.code])
        }
        #expect(codes(toml: jar, .present(Self.identity)) == [])
    }

    /// Report A8: a command line instead of a path.
    @Test func anInterpreterWithArguments() {
        let jar = "extension = 'jar'\ninterpreter = '/usr/bin/java -jar'"
        #expect(codes(toml: jar, .missing(.noSuchFileOrDirectory)) == [.interpreterWithArguments])
        #expect(codes(toml: jar, .present(Self.identity)) == [])
        let qemu = #":armv7l-linux:M::arm::/usr/bin/bash -c '"$@"' --:"#
        #expect(codes(line: qemu, .missing(.noSuchFileOrDirectory)) == [.interpreterWithArguments])
        #expect(codes(line: ":a:E::a::/x:", .missing(.noSuchFileOrDirectory)) == [.interpreterAbsent])
    }

    /// Debian's name of an emulator that takes one argument more.
    @Test func anInterpreterThatNeedsArgv0() {
        func codes(_ flags: String) -> [ReasonCode] {
            self.codes(line: ":a:E::a::/usr/libexec/qemu-binfmt/arm-binfmt-P:" + flags)
        }
        #expect(codes("F") == [.interpreterNeedsArgv0])
        #expect(codes("PF") == [])
    }

    /// Report A9: plain hexadecimal.
    @Test(arguments: [
        ("504b0304", true), ("50 4b 03 04", true), ("7f454c4602010100000000000000000002003e00", true), ("4D5A", true),
        ("20240101", true), ("070701", false), ("504b030", false), ("BABE", false), ("MZ", false), ("ab1", false),
    ])
    func aMagicOfHexadecimalDigits(_ magic: String, _ isMistake: Bool) {
        let expected: [ReasonCode] = isMistake ? [.magicIsHexadecimal] : []
        #expect(codes(line: ":a:M::\(magic)::/x:") == expected)
        #expect(codes(toml: "magic = '\(magic)'\ninterpreter = '/x'", .present(Self.identity)) == expected)
    }

    /// Report A9 and A10: what C reads as an escape, and the kernel does not.
    @Test(arguments: [
        (#"my script\n"#, ReasonCode.magicHasEscape), (#"\177ELF"#, .magicHasEscape), (#"\0asm"#, .magicHasEscape),
        (#"a\tb"#, nil), (#"a\t1"#, .magicHasEscape), (#"\\x41\\x42"#, .magicHasDoubledBackslash), (#"\relax"#, nil),
        (#"\documentclass"#, nil), (#"a\b"#, nil), (#"\x5c\x5c"#, nil),
    ])
    func aMagicWithAMisreadEscape(_ magic: String, _ code: ReasonCode?) {
        #expect(codes(line: ":a:M::\(magic)::/x:") == [code].compactMap(\.self))
    }

    /// Report A11: the kernel would answer ELOOP for each file.
    @Test func anInterpreterThatItsOwnPatternMatches() {
        func file(_ start: String) -> InterpreterFile {
            .present(Self.identity, content: InterpreterFile.Content(start: Array(start.utf8)))
        }
        #expect(codes(line: ":a:M::MZ::/x:", file("MZ\u{90}")) == [.matchesInterpreter])
        #expect(codes(line: ":a:M::MZ::/x:", file("\u{7f}ELF")) == [])
        #expect(codes(line: ":a:E::py::/opt/run.py:", file("#!/bin/sh\n")) == [.matchesInterpreter])
        #expect(codes(line: ":a:E::py::/opt/run:", file("#!/bin/sh\n")) == [])
    }

    /// Report C2: the kernel holds the script alone.
    @Test func aHeldScript() {
        let script = InterpreterFile.present(
            Self.identity, content: InterpreterFile.Content(start: Array("#!/bin/sh -e\n".utf8)))
        #expect(codes(line: ":a:E::a::/x:F", script) == [.interpreterScript])
        #expect(codes(line: ":a:E::a::/x:", script) == [])
    }

    /// Nobody asked for an offer.
    @Test func anOfferHasNoMistake() {
        let pattern = try? MagicPattern(magic: Array("504b0304".utf8))
        #expect(pattern?.mistake != nil)
        #expect(QemuTarget.all.allSatisfy { $0.pattern.mistake == nil })
        #expect(
            Preset.table.allSatisfy {
                if case .magic(let pattern) = $0.recognition { pattern.mistake == nil } else { true }
            })
    }
}
