// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
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
        for version in TOMLVersion.allCases { try check(valid, version) }
    }

    @Test(arguments: ValidCase.since11)
    func acceptsOnlyIn11(_ valid: ValidCase) throws {
        try check(valid, .v1_1)
        #expect(throws: TOMLError.self) { try TOMLDocument(parsing: Array(valid.toml.utf8), version: .v1_0) }
        #expect(!TOMLDocument(recovering: Array(valid.toml.utf8), version: .v1_0).errors.isEmpty)
    }

    private func check(_ valid: ValidCase, _ version: TOMLVersion) throws {
        let document = try TOMLDocument(parsing: Array(valid.toml.utf8), version: version)
        #expect(dump(document.table) == valid.tree)
        let recovered = TOMLDocument(recovering: Array(valid.toml.utf8), version: version)
        #expect(recovered.errors.isEmpty)
        #expect(dump(recovered.table) == valid.tree)
    }
}
