// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// - Parameters:
    ///   - desired: what should be in the kernel.
    ///   - observed: what is in the kernel.
    ///   - ownership: which of the kernel's entries are ours.
    package init(
        _ desired: DesiredState, _ observed: ObservedState, _ ownership: Ownership,
        _ circumstances: Circumstances = Circumstances()
    ) {
        var draft = PlanDraft(desired, observed, ownership, circumstances)
        draft.decide()
        wanted = draft.slots.map { Wanted(wanted: $0.wanted, isRegistered: $0.isRegistered) }
        items = draft.items()
        hasDeferred = draft.hasDeferred
        wouldStage = draft.wouldStage
        steps = draft.steps(isStaged: circumstances.hasStaging && wouldStage)
    }
}
