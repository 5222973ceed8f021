// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@testable import BinfmtCore

extension KernelTests {
    /// Real programs, in addition to the generated ones of BinfmtCoreTests.
    @Suite struct ELFLoaderTests {
        @Test(arguments: ["succeed", "foreign/s390x/bin/busybox"])
        func aStaticProgramNeedsNone(_ name: String) throws {
            let program = try Data(contentsOf: URL(filePath: Fixtures.program(name)))
            #expect(ELFLoader.isNeeded(Array(program.prefix(ELFLoader.window))) == false)
        }
    }
}
