// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import Testing

@testable import BinfmtCore

/// The flags that several files set or clear.
@Suite struct FlagSettingsTests {
    /// The flags of `qemu-arm` with the tables of these files, the last of which wins.
    private static func flags(_ qemu: String...) throws -> String {
        let files = qemu.enumerated().map { place, keys in
            ConfigFile(path: FilePath("/\(place).toml"), text: Array("[qemu]\ntargets = \"all\"\n\(keys)\n".utf8))
        }
        let entries = Configuration(files: files).entries
        return try #require(entries.first { $0.name.description == "qemu-arm" }).flags.letters
    }

    @Test func aLaterFileWins() throws {
        #expect(try Self.flags("") == "F")
        #expect(try Self.flags("preserve-argv0 = true") == "PF")
        #expect(try Self.flags("preserve-argv0 = true", "preserve-argv0 = false") == "F")
        #expect(try Self.flags("preserve-argv0 = false", "preserve-argv0 = true") == "PF")
    }

    @Test func aFileThatLacksAKeyLeavesTheFlagAlone() throws {
        #expect(try Self.flags("preserve-argv0 = true", "fix-binary = false") == "P")
        #expect(try Self.flags("fix-binary = false", "preserve-argv0 = true") == "P")
    }

    /// The kernel turns `C` into `OC`.
    @Test func credentialsImplyAnOpenFile() throws {
        #expect(try Self.flags("credentials = true") == "OCF")
        #expect(try Self.flags("credentials = true\nopen-binary = false") == "OCF")
    }
}
