// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

/// The entries that `status` calls shadowed: those that the kernel never tries.
@Suite struct ShadowingTests {
    /// - Parameter lines: register strings; the kernel tries the first one last.
    private static func shadowing(_ lines: String..., disabled: String? = nil) throws -> [String: String] {
        let registry = ModelRegistry()
        for line in lines {
            try registry.perform(.register(RegisterString(try RegisterLine(Array(line.utf8)).entry)))
        }
        if let disabled { try registry.disable(EntryName(observed: disabled.utf8)) }
        let found = try registry.observe().entries.shadowing.map { ($0.key.description, $0.value.description) }
        return Dictionary(uniqueKeysWithValues: found)
    }

    @Test func anEntryIsShadowedByOneThatTakesAllItsFilesFirst() throws {
        #expect(try Self.shadowing(":mono:M::MZ::/mono:", ":wine:M::MZ::/wine:") == ["mono": "wine"])
        #expect(try Self.shadowing(":long:M::MZqF::/l:", ":short:M::MZ::/s:") == ["long": "short"])
        #expect(try Self.shadowing(":one:E::jar::/1:", ":two:E::jar::/2:") == ["one": "two"])
    }

    @Test func notByOneThatTakesSomeOfThemOrIsAskedLater() throws {
        #expect(try Self.shadowing(":short:M::MZ::/s:", ":long:M::MZqF::/l:") == [:])
        #expect(try Self.shadowing(":jar:E::jar::/j:", ":zip:M::PK::/z:") == [:])
    }

    @Test func aDisabledEntryNeitherShadowsNorIsShadowed() throws {
        let mono = ":mono:M::MZ::/mono:"
        let wine = ":wine:M::MZ::/wine:"
        #expect(try Self.shadowing(mono, wine, disabled: "wine") == [:])
        #expect(try Self.shadowing(mono, wine, disabled: "mono") == [:])
    }

    /// Of several shadowing entries, the one that the kernel tries first.
    @Test func namesTheFirst() throws {
        let found = try Self.shadowing(":a:M::MZ::/a:", ":b:M::MZ::/b:", ":c:M::M::/c:")
        #expect(found == ["a": "c", "b": "c"])
    }
}
