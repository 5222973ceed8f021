// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
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
        for version in TOMLVersion.allCases {
            #expect(complaints(about: invalid, version) == [invalid.complaint, invalid.complaint])
        }
    }

    @Test(arguments: InvalidCase.since11)
    func refusesIn11(_ invalid: InvalidCase) {
        #expect(complaints(about: invalid, .v1_1) == [invalid.complaint, invalid.complaint])
        #expect(!complaints(about: invalid, .v1_0).contains(nil))
    }

    @Test(arguments: InvalidCase.until11)
    func refusesOnlyIn10(_ invalid: InvalidCase) {
        #expect(complaints(about: invalid, .v1_0) == [invalid.complaint, invalid.complaint])
        #expect(complaints(about: invalid, .v1_1) == [nil, nil])
    }

    /// The first complaint of either reader.
    private func complaints(about invalid: InvalidCase, _ version: TOMLVersion) -> [String?] {
        let recovered = TOMLDocument(recovering: invalid.toml, version: version).errors.first.map { dump($0) }
        do { _ = try TOMLDocument(parsing: invalid.toml, version: version) } catch { return [dump(error), recovered] }
        return [nil, recovered]
    }
}
