// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// What `explain --json` prints.
struct ExplainDocument: Document {
    struct Asked: Encodable {
        let name: String
        let result: String
        /// Of a pattern, the byte that differs; the number of those before it that do not.
        var matched: Int?
        var byte: Int?
        var found: String?
        var wanted: String?
        var mask: String?

        init(_ name: EntryName, _ match: Match) {
            self.name = name.description
            switch match {
            case .taken: result = "taken"
            case .disabled: result = "disabled"
            case .unknown: result = "unknown"
            case .extensionDiffers: result = "extension-differs"
            case .differs(let difference):
                result = "differs"
                matched = difference.matched
                byte = difference.position
                found = difference.found.hex
                wanted = difference.wanted.hex
                mask = difference.mask.hex
            }
        }
    }

    struct Step: Encodable {
        let path: String
        let role: String
        let kind: OrNull<String>
        let header: OrNull<String>
        let loader: OrNull<String>
        let error: OrNull<String>
        let handler: OrNull<String>
        let asked: [Asked]

        init(_ step: Execution.Step) {
            path = step.path.printable
            role =
                switch step.role {
                case .program: "program"
                case .scriptInterpreter: "script-interpreter"
                case .interpreter(_, isHeld: true): "held-interpreter"
                case .interpreter(_, isHeld: false): "interpreter"
                }
            var file: ProgramFile?
            if case .found(let found) = step.lookup { file = found }
            kind = OrNull(file.map { "\($0.kind)" })
            header = OrNull(file?.header.hex)
            loader = OrNull(file?.loader?.printable)
            var problem: String?
            if case .failed(let errno, let reason) = step.lookup { problem = reason ?? "\(errno)" }
            error = OrNull(problem)
            handler =
                switch step.handler {
                case .entry(let entry): OrNull("entry \(entry.name)")
                case .script: OrNull("script")
                case .processor: OrNull("processor")
                case nil: OrNull(nil)
                }
            asked = step.asked.map { Asked($0.name, $0.match) }
        }
    }

    struct Failure: Encodable {
        let message: String
        let errno: String
        let reasons: [String]
        let advice: [String]
    }

    struct Remedy: Encodable {
        let preset: String
        let toml: String
    }

    let version = 1
    let file: String
    let chroot: OrNull<String>
    let verdict: String
    let steps: [Step]
    let command: [String]
    let needs: [String]
    let setUser: String
    let failure: OrNull<Failure>
    let remedies: [Remedy]

    enum CodingKeys: String, CodingKey {
        case version, file, chroot, verdict, steps, command, needs, failure, remedies
        case setUser = "set-uid"
    }

    init(_ explanation: Explanation) {
        let execution = explanation.execution
        file = explanation.file.printable
        chroot = OrNull(explanation.chroot?.printable)
        verdict = execution.runs ? "runs" : "fails"
        steps = execution.steps.map(Step.init)
        command = execution.command
        needs = execution.needs.map(\.printable)
        setUser = execution.setUser.rawValue
        failure = OrNull(
            explanation.diagnosis.map {
                Failure(message: $0.message, errno: $0.errno, reasons: $0.reasons, advice: $0.advice)
            })
        remedies = explanation.remedies.map { Remedy(preset: $0.preset, toml: $0.toml) }
    }
}
