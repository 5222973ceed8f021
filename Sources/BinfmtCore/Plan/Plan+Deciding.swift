// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// - Parameters:
    ///   - desired: what should be.
    ///   - observed: what is.
    ///   - ownership: what of it is ours.
    package init(
        _ desired: DesiredState, _ observed: ObservedState, _ ownership: Ownership,
        _ circumstances: Circumstances = Circumstances()
    ) {
        var draft = PlanDraft(desired, observed, ownership, circumstances)
        draft.decide()
        wanted = draft.slots.map { Wanted(wanted: $0.wanted, isRegistered: $0.isRegistered) }
        items = draft.items()
        steps = draft.steps()
        hasDeferred = draft.hasDeferred
    }
}
