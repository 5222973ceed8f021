// SPDX-License-Identifier: Apache-2.0

import TOML
import Testing

/// A valid file, with its tree as `dump` writes it.
struct ValidCase: Sendable, CustomTestStringConvertible {
    let name: String
    let toml: String
    let tree: String

    init(_ name: String, _ toml: String, _ tree: String) {
        self.name = name
        self.toml = toml
        self.tree = tree
    }

    var testDescription: String { name }
}

@Suite struct ValidTests {
    @Test(arguments: ValidCase.strings + ValidCase.numbers + ValidCase.datesAndTimes + ValidCase.structure)
    func accepts(_ valid: ValidCase) throws {
        let document = try TOMLDocument(parsing: Array(valid.toml.utf8))
        #expect(dump(document.table) == valid.tree)
        let recovered = TOMLDocument(recovering: Array(valid.toml.utf8))
        #expect(recovered.errors.isEmpty)
        #expect(dump(recovered.table) == valid.tree)
    }
}
