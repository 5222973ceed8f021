// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Foundation
import TestSupport
import Testing

@testable import binfmtctl

/// The enumerations of the published schema are those of the programs, in any order.
@Suite struct VocabularyTests {
    private let schema: JSONSchema

    init() throws { schema = try JSONSchema(published: "binfmtctl.schema.json") }

    private static func words<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> Set<String> {
        Set(Word.allCases.map(\.rawValue))
    }

    static let vocabularies: [String: Set<String>] = [
        "status/properties/verdict": words(Report.Verdict.self),
        "status/properties/daemon/oneOf/1/properties/verdict": words(Report.Verdict.self),
        "status/properties/entries/items/properties/owner": words(StatusEntryDocument.Owner.self),
        "state": words(EntryState.self),
        "plan/properties/verdict": words(Report.Verdict.self),
        "apply/oneOf/0/properties/verdict": words(Report.Verdict.self),
        "reload/properties/verdict": words(Report.Verdict.self),
        "failure/properties/verdict": words(FailureDocument.Verdict.self),
        "explain/properties/verdict": words(ExplainDocument.Verdict.self),
        "explain/properties/set-uid": words(Execution.SetUser.self),
        "explain/properties/steps/items/properties/role": words(ExplainStepDocument.Role.self),
        "explain/properties/steps/items/properties/by": words(ExplainStepDocument.Handler.self),
        "explain/properties/failure/oneOf/1/properties/code": words(ExplainDocument.Failure.Code.self),
        "explain/properties/steps/items/properties/asked/items/properties/result":
            words(ExplainStepDocument.Asked.Result.self),
        "probe/properties/verdict": words(ProbeDocument.Verdict.self),
        "probe/properties/entries/items/properties/state": words(ProbeFinding.State.self),
        "probe/properties/entries/items/properties/file": words(ProbeDocument.Entry.File.self),
        "platforms/properties/verdict": words(PlatformsDocument.Verdict.self),
        "register/oneOf/0/properties/verdict": words(RegisterResult.Verdict.self),
        "release/properties/verdict": words(ReleaseResult.Verdict.self),
        "check/properties/verdict": words(CheckDocument.Verdict.self),
        "cat/properties/files/items/properties/standing": words(CatDocument.File.Standing.self),
        "presets/properties/verdict": words(PresetsDocument.Verdict.self),
        "import/properties/verdict": words(ImportDocument.Verdict.self),
        "export/properties/verdict": words(ExportDocument.Verdict.self),
        "export/properties/format": words(ExportFormat.self),
        "flags/items": Set(EntryFlags.Flag.allCases.map(\.key)),
        "issue/properties/severity": words(BinfmtCore.Issue.Severity.self),
        "changes/items/properties/change": words(Change.Kind.self),
    ]

    @Test(arguments: vocabularies.keys.sorted())
    func theSchemaHasTheProgramsWords(_ place: String) throws {
        let values = try #require(schema.vocabulary(at: place))
        #expect(Set(values.compactMap(\.string)) == Self.vocabularies[place])
    }

    /// Codes are not an enumeration, so that a reader accepts those of later versions.
    @Test(arguments: [
        ("reason-code", words(ReasonCode.self)), ("issue-code", words(BinfmtCore.Issue.Kind.self)),
    ])
    func theSchemaShowsEveryCode(_ name: String, _ codes: Set<String>) throws {
        let file = Fixtures.repository.appending(path: "schema/binfmtctl.schema.json")
        let document = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let definition = try #require((document?["$defs"] as? [String: Any])?[name] as? [String: Any])
        #expect(Set(try #require(definition["examples"] as? [String])) == codes)
        let isWellFormed = codes.allSatisfy { $0.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil }
        #expect(isWellFormed)
    }

    /// The list above is complete.
    @Test func eachEnumerationIsCompared() throws {
        let file = Fixtures.repository.appending(path: "schema/binfmtctl.schema.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.components(separatedBy: "\"enum\":").count - 1 == Self.vocabularies.count)
    }
}
