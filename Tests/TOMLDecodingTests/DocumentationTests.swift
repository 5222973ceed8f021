// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import LocatedTOMLDecoding
import TestSupport
import Testing

/// The examples of the documentation, line by line.
@Suite struct DocumentationTests {
    @Test func decoding() throws {
        // The two examples are one text.
        struct Limits: Decodable {
            let depth: UInt8
            let since: TOMLLocalDate?
        }
        let limits = try TOMLDecoder().decode([String: Limits].self, from: "[host]\ndepth = 3\nsince = 2026-01-31")
        #expect(limits["host"]?.depth == 3)
        #expect(limits["host"]?.since?.month == 1)
        let decoder = TOMLDecoder(rejectsUnknownKeys: true)
        for (text, message) in [
            ("[host]\ndepth = 256", "2:9: 'host.depth' cannot be 256"),
            ("[host]\ndepth = \"x\"", "2:9: 'host.depth' must be an integer, not a string"),
            ("[host]", "1:1: 'host.depth' is missing"),
            ("[host]\ndepth = 3\nsicne = 2026-01-31", "3:1: unknown key 'host.sicne' (did you mean 'since'?)"),
        ] {
            let error = #expect(throws: TOMLDecodingError.self) {
                try decoder.decode([String: Limits].self, from: text)
            }
            #expect(error?.description == message)
        }
    }

    /// Each example of the catalog is compiled here, as it is there.
    @Test func hasEveryExample() throws {
        let page = "Sources/LocatedTOMLDecoding/Documentation.docc/LocatedTOMLDecoding.md"
        #expect(try Documentation.missingExamples(of: page, in: #filePath) == [])
    }
}
