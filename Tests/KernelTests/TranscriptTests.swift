// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// Each file in Tests/Fixtures/transcripts is a session; with BINFMTD_UPDATE_TRANSCRIPTS set they are written anew.
    @Suite struct TranscriptTests {
        @Test(arguments: Transcript.all)
        func goesAsTheFixtureSays(_ name: String) throws {
            _ = try PrivateRegistry.open()
            let root = TemporaryDirectory()
            let transcript = try Transcript(name)
            try transcript.prepare(root)
            for line in transcript.registerStrings {
                try PrivateRegistry.write(line.replacing("ROOT", with: root.path.string), to: "register")
            }
            let session = try transcript.run(in: root)
            if ProcessInfo.processInfo.environment["BINFMTD_UPDATE_TRANSCRIPTS"] != nil {
                try transcript.update(session)
            }
            #expect(session == transcript.session)
        }

        /// What people read fits the terminals that they have; what another program reads has no such limit.
        @Test(arguments: Transcript.all.filter { $0.hasPrefix("explain") || $0.hasPrefix("probe") })
        func fits80Columns(_ name: String) throws {
            var isForPeople = true
            for line in try Transcript(name).session.split(separator: "\n") {
                if line.hasPrefix("$ ") { isForPeople = !line.contains("--json") }
                #expect(!isForPeople || line.count <= 80, "\(line)")
            }
        }
    }
}
