// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `explain --json` prints.
struct ExplainDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        case runs, fails
    }

    struct Failure: Encodable {
        let message: String
        let errno: String
        let reasons: [String]
        let advice: [String]

        init(_ diagnosis: Diagnosis) {
            message = diagnosis.message
            errno = diagnosis.errno
            reasons = diagnosis.reasons
            advice = diagnosis.advice
        }
    }

    struct Remedy: Encodable {
        let preset: String
        let toml: String
    }

    let version = 1
    let file: DocumentPath
    let chroot: OrNull<DocumentPath>
    let verdict: Verdict
    let steps: [ExplainStepDocument]
    let command: [String]
    let needs: [DocumentPath]
    let setUser: Execution.SetUser
    let failure: OrNull<Failure>
    let remedies: [Remedy]

    enum CodingKeys: String, CodingKey {
        case version, file, chroot, verdict, steps, command, needs, failure, remedies
        case setUser = "set-uid"
    }

    init(_ explanation: Explanation) {
        let execution = explanation.execution
        file = DocumentPath(explanation.file)
        chroot = OrNull(explanation.chroot.map(DocumentPath.init))
        verdict = execution.runs ? .runs : .fails
        steps = execution.steps.map(ExplainStepDocument.init)
        command = execution.command
        needs = execution.needs.map(DocumentPath.init)
        setUser = execution.setUser
        failure = OrNull(explanation.diagnosis.map(Failure.init))
        remedies = explanation.remedies.map { Remedy(preset: $0.preset, toml: $0.toml) }
    }
}
