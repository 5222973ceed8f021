// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct MagicTextTests {
    /// Report A10: the results of the kernel's `string_unescape_inplace`, which GrammarTests compare with a real one.
    @Test(arguments: [
        (#"\x41\x42"#, "4142"), (#"\\x41\\x42"#, "5c5c7834315c5c783432"), (#"\\\x41"#, "5c5c41"), (#"a\b"#, "615c62"),
        (#"a\"#, "615c"), (#"\\"#, "5c5c"), (#"\\\"#, "5c5c5c"), (#"\x4g"#, "5c783467"),
    ])
    func unescapesAsTheKernel(_ text: String, _ hex: String) {
        #expect(MagicText.unescapeAsKernel(text.utf8).hex == hex)
    }
}
