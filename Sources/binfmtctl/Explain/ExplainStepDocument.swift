// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// One of the files that the kernel reads on the way, in the document of `explain`.
struct ExplainStepDocument: Encodable {
    enum Role: String, Encodable, CaseIterable {
        case program
        case scriptInterpreter = "script-interpreter"
        case interpreter
        case heldInterpreter = "held-interpreter"
        /// In place of the loader that the program names.
        case loader
        case heldLoader = "held-loader"
    }

    enum Handler: String, Encodable, CaseIterable {
        case entry, script, processor
    }

    /// An entry that the kernel tries.
    struct Asked: Encodable {
        enum Result: String, Encodable, CaseIterable {
            case taken, differs, disabled, unknown
            case extensionDiffers = "extension-differs"
        }

        let name: String
        let result: Result
        /// For a pattern that differs: the number of equal bytes before that, and the byte.
        var matched: Int?
        var byte: Int?
        var found: String?
        var wanted: String?
        var mask: String?

        init(_ name: EntryName, _ match: Match) {
            self.name = name.description
            switch match {
            case .taken: result = .taken
            case .disabled: result = .disabled
            case .unknown, .decidedByHandler: result = .unknown
            case .extensionDiffers: result = .extensionDiffers
            case .differs(let difference):
                result = .differs
                matched = difference.matched
                byte = difference.position
                found = difference.found.hex
                wanted = difference.wanted.hex
                mask = difference.mask.hex
            }
        }
    }

    let path: DocumentPath
    let role: Role
    let kind: OrNull<String>
    let header: OrNull<String>
    let loader: OrNull<DocumentPath>
    let error: OrNull<String>
    let handler: OrNull<String>
    /// The entry that takes the file.
    let entry: OrNull<String>
    /// What runs the file; `handler` says it in words.
    let by: OrNull<Handler>
    let asked: [Asked]

    init(_ step: Execution.Step) {
        path = DocumentPath(step.path)
        role =
            switch step.role {
            case .program: .program
            case .scriptInterpreter: .scriptInterpreter
            case .interpreter(_, isHeld: true): .heldInterpreter
            case .interpreter(_, isHeld: false): .interpreter
            case .loader(_, isHeld: true): .heldLoader
            case .loader(_, isHeld: false): .loader
            }
        var file: ProgramFile?
        if case .found(let found) = step.lookup { file = found }
        kind = OrNull(file.map { "\($0.kind)" })
        header = OrNull(file?.header.hex)
        loader = OrNull(file?.loader.map(DocumentPath.init))
        var problem: String?
        if case .failed(let errno, let reason) = step.lookup { problem = reason ?? "\(errno)" }
        error = OrNull(problem)
        var taker: String?
        if case .entry(let entry) = step.handler { taker = entry.name.description }
        entry = OrNull(taker)
        let by: Handler? =
            switch step.handler {
            case .entry: .entry
            case .script: .script
            case .processor: .processor
            case nil: nil
            }
        self.by = OrNull(by)
        handler = OrNull(taker.map { "entry \($0)" } ?? by?.rawValue)
        asked = step.asked.map { Asked($0.name, $0.match) }
    }
}
