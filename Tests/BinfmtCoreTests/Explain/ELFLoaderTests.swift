// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import BinfmtCore

@Suite struct ELFLoaderTests {
    private func start(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)).prefix(ELFLoader.window))
    }

    @Test func distinguishesDynamicFromStaticPrograms() throws {
        #expect(ELFLoader.isNeeded(try start("/bin/sh")) == true)
        for target in QemuTarget.all {
            guard let program = ProbeProgram(for: target) else { continue }
            #expect(ELFLoader.isNeeded(program.image) == false)
            #expect(ELFLoader.isNeeded(ProbeProgram.unloadable(for: target)) == true)
        }
    }

    @Test func survivesCutsAndChangedBytes() throws {
        let whole = try start("/bin/sh")
        for count in 0..<200 { _ = ELFLoader.isNeeded(Array(whole.prefix(count))) }
        for place in 0..<64 {
            for value in [0, 1, 0x7f, 0x80, 0xff] as [UInt8] {
                var image = whole
                image[place] = value
                _ = ELFLoader.isNeeded(image)
            }
        }
        #expect(ELFLoader.isNeeded(Array("#!/bin/sh\n".utf8)) == nil)
    }
}
