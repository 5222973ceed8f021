// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// What became of a plan.
struct PlanResults {
    var outcomes: [Outcome] = []
    var enabling: Result<Void, Outcome.Failure>?

    var failures: [EntryName: FailureReason] {
        var failures: [EntryName: FailureReason] = [:]
        for outcome in outcomes {
            if let failure = outcome.failure { failures[outcome.change.name] = .write(failure) }
        }
        return failures
    }

    var hasFailed: Bool {
        if case .failure = enabling { return true }
        return outcomes.contains { $0.failure != nil }
    }
}

extension Registry {
    /// Makes the plan's writes. A refused one ends what is done for its entry, and for that alone.
    func perform(_ plan: Plan) -> PlanResults {
        var results = PlanResults()
        var failures: [EntryName?: (write: KernelWrite, error: Errno)] = [:]
        var rest = plan.steps[...]
        var atOnce = KernelRegistry.entriesAtOnce
        while true {
            let strings = rest.prefix(atOnce).prefix { failures[$0.subject] == nil }.registerStrings
            if strings.count > 1 { rest = rest.dropFirst(register(strings)) }
            guard let step = rest.popFirst() else { break }
            if failures[step.subject] != nil { continue }
            do {
                try perform(step.write)
                atOnce = min(2 * atOnce, KernelRegistry.entriesAtOnce)
            } catch {
                failures[step.subject] = (step.write, error)
                // Where one is refused, often all are.
                atOnce = 1
            }
        }
        results.outcomes = plan.changes.compactMap { change -> Outcome? in
            guard let (write, error) = failures[change.subject] else { return Outcome(change: change, result: .done) }
            // What was left out because another entry's write failed is that entry's failure.
            guard change.subject == change.name else { return nil }
            let explanation = change.after.flatMap { entry in
                let obstacle = error == .permissionDenied ? InterpreterFiles.obstacle(at: entry.interpreter) : nil
                return KernelRefusal.explanation(of: error, entry, kernel: HostPaths.kernel, obstacle: obstacle)
            }
            return Outcome(change: change, result: .failed(Outcome.Failure(write, error, explanation)))
        }
        if plan.enablesRegistry {
            results.enabling =
                failures[nil].map { write, error in
                    .failure(Outcome.Failure(write, error, error == .readOnlyFileSystem ? .registryReadOnly : nil))
                } ?? .success(())
        }
        return results
    }
}

extension ArraySlice<Plan.Step> {
    /// The strings of the registrations that it begins with.
    fileprivate var registerStrings: [RegisterString] {
        var strings: [RegisterString] = []
        for step in self {
            guard case .register(let string) = step.write else { break }
            strings.append(string)
        }
        return strings
    }
}
