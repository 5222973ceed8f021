// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct NativeProgramsTests {
    private let native = NativePrograms(identity: ELFIdentity(.bits64, .little, machine: 62))

    private func captured(_ magic: [UInt8], _ mask: [UInt8]? = nil, offset: Int = 0) throws -> Bool {
        native.captured(by: .magic(try MagicPattern(offset: offset, magic: magic, mask: mask))) != nil
    }

    @Test func areFoundWithAnyPattern() throws {
        #expect(try captured(ELFIdentity.magic))
        #expect(try captured([2, 1], offset: 4))
        #expect(try captured([62, 0], offset: 18))
        #expect(try captured([0], [0]))
        #expect(try captured([0], offset: 12))
        #expect(try captured([0x13], offset: 40))
        #expect(try captured(Array("#!".utf8)))
        #expect(try captured(Array("#!/usr/bin/lua".utf8)))
        #expect(try captured([UInt8(ascii: "!")], offset: 1))
        #expect(try captured([183, 0], offset: 18))
        #expect(try captured(Array("#! /bin/sh".utf8)) && captured([UInt8(ascii: "u")], offset: 3))
        #expect(try captured(Array("#!/x y\nz\0\0".utf8)))
        #expect(try captured([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0]))
    }

    @Test func leaveTheRestAlone() throws {
        #expect(try !captured(Array("MZ".utf8)))
        #expect(try !captured([0x7f, 0x45, 0x4c, 0x46, 1]))
        #expect(try !captured([183, 0, 1], offset: 18))
        // Report C5: no ordinary script has this there, because its interpreter's path would begin with "!".
        #expect(try !captured(Array("!ypsilon:".utf8), offset: 3))
        #expect(try !captured(Array("#!\n".utf8)) && !captured(Array("#!perl".utf8)))
        // An AppImage is a program of this host, but its bytes 8 to 10 are neither zeros nor text.
        #expect(try !captured([0x41, 0x49, 2], offset: 8))
        #expect(native.captured(by: .filenameExtension(FilenameExtension(observed: "so".utf8))) == nil)
    }

    @Test(arguments: QemuTarget.all)
    func areTakenByTheirOwnTargetAlone(_ target: QemuTarget) {
        let isTaken = native.captured(by: .magic(target.pattern)) != nil
        #expect(isTaken == (target.name == "x86_64"))
    }
}
