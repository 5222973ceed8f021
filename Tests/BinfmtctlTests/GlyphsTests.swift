// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import binfmtctl

/// Report D10: the marks in a locale that has only ASCII.
@Suite struct GlyphsTests {
    @Test(
        arguments: [
            (nil, true), ("C.UTF-8", true), ("en_US.UTF-8", true), ("de_DE.utf8", true), ("C", false), ("POSIX", false),
            ("en_US.ISO-8859-1", false),
        ] as [(String?, Bool)])
    func theLocaleTellsTheCharacters(_ locale: String?, _ isUTF8: Bool) {
        #expect(Glyphs.isUTF8(locale: locale) == isUTF8)
    }

    @Test func aMarkHasTheSameWidth() {
        #expect(Glyphs(areASCII: true).fit("● ◐ ○ ✗ größe") == "* ~ - x größe")
        #expect(Glyphs(areASCII: true).fit("a → b…") == "a -> b.")
        #expect(Glyphs(areASCII: false).fit("● → …") == "● → …")
    }
}
