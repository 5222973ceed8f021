// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The result of a plan: its writes were made in order, but after a refused write the rest of that entry's writes were
/// skipped.
package struct PlanApplication {
    /// The first refused write of each entry; nil stands for the registry as a whole.
    private var refusals: [EntryName?: (write: KernelWrite, error: Errno)] = [:]
    package private(set) var outcomes: [Outcome] = []
    /// The result of enabling the registry; nil if it was already enabled.
    package private(set) var enabling: Result<Void, Outcome.Failure>?

    /// The number of writes passed to `perform` at once. After a refusal the rest is passed again.
    private static let batchSize = 64

    /// Makes the result of a plan without writes.
    package init() {}

    /// Carries out a plan.
    ///
    /// - Parameters:
    ///   - perform: makes writes in order, until one is refused; returns the number of writes made, and the errno of
    ///     the refused one.
    ///   - explain: why an entry's write was refused, where the errno alone does not tell.
    package init(
        _ plan: Plan, perform: ([KernelWrite]) -> (done: Int, error: Errno?),
        explain: (Errno, KernelWrite, Entry) -> KernelRefusal? = { _, _, _ in nil }
    ) {
        var rest = plan.steps[...]
        while let step = rest.first {
            if refusals[step.subject] != nil {
                rest.removeFirst()
                continue
            }
            let batch = rest.prefix(Self.batchSize).prefix { refusals[$0.subject] == nil }
            let (done, error) = perform(batch.map(\.write))
            rest.removeFirst(done)
            if done < batch.count, let refused = rest.popFirst() {
                refusals[refused.subject] = (refused.write, error ?? .ioError)
                // An entry that lacks one of its interpreters is of no use, and nobody would enable it.
                if case .bind(let name, _) = refused.write { _ = perform([.unregister(name)]) }
            }
        }
        outcomes = plan.changes.compactMap { outcome(of: $0, explain) }
        if plan.enablesRegistry { enabling = enablingOutcome }
    }

    private func outcome(
        of change: Change, _ explain: (Errno, KernelWrite, Entry) -> KernelRefusal?
    ) -> Outcome? {
        guard let (write, error) = refusals[change.subject] else { return Outcome(change: change, result: .done) }
        // A change that was skipped because another entry's write was refused is that entry's failure.
        guard change.subject == change.name else { return nil }
        let explanation = change.after.flatMap { explain(error, write, $0) }
        return Outcome(change: change, result: .failed(Outcome.Failure(write, error, explanation)))
    }

    private var enablingOutcome: Result<Void, Outcome.Failure> {
        guard let (write, error) = refusals[nil] else { return .success(()) }
        return .failure(Outcome.Failure(write, error, error == .readOnlyFileSystem ? .registryReadOnly : nil))
    }

    /// The reason why the kernel refused each failed entry.
    package var failures: [EntryName: FailureReason] {
        var failures: [EntryName: FailureReason] = [:]
        for outcome in outcomes {
            if let failure = outcome.failure { failures[outcome.change.name] = .write(failure) }
        }
        return failures
    }

    /// Whether a write was refused.
    package var hasFailed: Bool {
        if case .failure = enabling { return true }
        return outcomes.contains { $0.failure != nil }
    }
}
