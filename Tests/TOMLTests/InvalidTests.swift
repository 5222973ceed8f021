// SPDX-License-Identifier: Apache-2.0

import TOML
import Testing

/// An invalid file, with its first error as `line:column sentence`.
struct InvalidCase: Sendable, CustomTestStringConvertible {
    let toml: [UInt8]
    let complaint: String

    init(_ toml: String, _ complaint: String) {
        self.toml = Array(toml.utf8)
        self.complaint = complaint
    }

    init(bytes: [UInt8], _ complaint: String) {
        toml = bytes
        self.complaint = complaint
    }

    var testDescription: String { String(decoding: toml, as: UTF8.self).debugDescription }
}

@Suite struct InvalidTests {
    @Test(
        arguments: InvalidCase.lexical + InvalidCase.encodings + InvalidCase.strings + InvalidCase.numbers
            + InvalidCase.datesAndTimes + InvalidCase.structure + InvalidCase.definitions)
    func refuses(_ invalid: InvalidCase) {
        var complaint = "nothing"
        do { _ = try TOMLDocument(parsing: invalid.toml) } catch { complaint = dump(error) }
        #expect(complaint == invalid.complaint)
        let recovered = TOMLDocument(recovering: invalid.toml)
        #expect(recovered.errors.first.map { dump($0) } == invalid.complaint)
    }
}
