// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import Testing

/// A file with errors, with the recovered tree, `!` before damaged tables, and the positions of the errors.
struct RecoveryCase: Sendable, CustomTestStringConvertible {
    let name: String
    let toml: String
    let tree: String
    let errors: [String]

    init(_ name: String, _ toml: String, _ tree: String, _ errors: String...) {
        self.name = name
        self.toml = toml
        self.tree = tree
        self.errors = errors
    }

    var testDescription: String { name }
}

@Suite struct RecoveryTests {
    @Test(arguments: RecoveryCase.pairs + RecoveryCase.headers + RecoveryCase.elements + RecoveryCase.insides)
    func keepsWhatIsRight(_ recovery: RecoveryCase) {
        let document = TOMLDocument(recovering: Array(recovery.toml.utf8))
        #expect(dump(document.table) == recovery.tree)
        #expect(document.errors.map { "\($0.position.line):\($0.position.column)" } == recovery.errors)
    }

    @Test func stopsAtTooManyErrors() {
        let lines = String(repeating: "x = ?\n", count: TOMLLimits.standard.errors - 2)
        let atLimit = TOMLDocument(recovering: Array(("[a]\n" + lines + "x = ?\n[b]").utf8))
        #expect(atLimit.errors.count == TOMLLimits.standard.errors - 1)
        #expect(dump(atLimit.table) == "{a = !{}, b = {}}")
        let beyond = TOMLDocument(recovering: Array(("[a]\n" + lines + "x = ?\nx = ?\n[b]").utf8))
        #expect(beyond.errors.count == TOMLLimits.standard.errors)
        #expect(beyond.errors.last?.reason == .tooManyErrors)
        #expect(dump(beyond.table) == "!{a = !{}}")
    }
}
