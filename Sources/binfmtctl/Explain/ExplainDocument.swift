// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `explain --json` prints.
struct ExplainDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        case runs, fails
        /// The registry cannot be seen, or an entry decides that only the kernel can ask.
        case unknown
    }

    struct Failure: Encodable {
        enum Code: String, Encodable, CaseIterable {
            case programUnusable = "program-unusable"
            case interpreterUnusable = "interpreter-unusable"
            case loaderMissing = "loader-missing"
            case foreignLoaderMissing = "foreign-loader-missing"
            case unrecognised, damaged
            case loaderUnfit = "loader-unfit"
            case tooDeep = "too-deep"
        }

        let code: Code
        let message: String
        let errno: String
        let reasons: [String]
        let advice: [String]

        init(_ diagnosis: Diagnosis, _ reason: Execution.Failure) {
            code =
                switch reason {
                case .unusable(_, .program, _): .programUnusable
                case .unusable, .heldScriptMissing: .interpreterUnusable
                case .loaderUnusable: .loaderMissing
                case .foreignLoaderMissing: .foreignLoaderMissing
                case .unrecognised: .unrecognised
                case .damaged: .damaged
                case .loaderUnfit: .loaderUnfit
                case .tooDeep: .tooDeep
                }
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
        verdict = explanation.verdict
        steps = execution.steps.map(ExplainStepDocument.init)
        command = execution.command
        needs = execution.needs.map(DocumentPath.init)
        setUser = execution.setUser
        failure = OrNull(
            explanation.diagnosis.flatMap { diagnosis in
                execution.failure.map { Failure(diagnosis, $0.reason) }
            })
        remedies = explanation.remedies.map { Remedy(preset: $0.preset, toml: $0.toml) }
    }
}
