// SPDX-License-Identifier: Apache-2.0

/// What a pass will do: made without a look at the host, so that showing it and doing it are the same plan.
package struct Plan: Sendable {
    /// A write, with the entry for whose sake it is made: once one of an entry's writes failed, the others are left out.
    package struct Step: Hashable, Sendable {
        package let subject: EntryName?
        package let write: KernelWrite
    }

    /// How one entry stands before the pass, and what will become of it.
    package struct Item: Sendable {
        package let name: EntryName
        package let state: EntryState
        package let reason: String?
        package let declared: DeclaredEntry?
        package let desired: DesiredEntry?
        package let observed: ObservedEntry?
        /// Whether the entry in the kernel is ours.
        package let isOwned: Bool
        package let change: Change?
    }

    package let desired: DesiredState
    /// The kernel's entries in matching order, then those that are not there.
    package let items: [Item]
    /// What is to be written, in this order.
    package let steps: [Step]

    /// What is to be done, in the order of ``items``.
    package var changes: [Change] { items.compactMap(\.change) }

    /// Whether something has to wait until nobody else writes to the registry any more.
    package let hasDeferred: Bool

    /// Whether the kernel is as it should be.
    package var isInSync: Bool { steps.isEmpty && !hasDeferred }

    /// The names that the plan registers, shadows left out.
    package var registeredNames: Set<EntryName> {
        Set(
            steps.compactMap { step in
                if case .register(let name, _) = step.write, name.shadowed == nil { name } else { nil }
            })
    }
}

extension Plan {
    /// - Parameters:
    ///   - desired: what should be.
    ///   - observed: what is.
    ///   - ownership: what of it is ours.
    ///   - policy: what becomes of the rest.
    ///   - unregisters: false while a configuration file is broken: what it meant to declare is not known, so nothing
    ///     that is ours is taken out.
    ///   - isQuiet: false while others write to the registry: then patterns are served, and names are left alone.
    ///   - suspended: entries that are given up for a while.
    ///   - masked: offers that a masked file hides.
    package init(
        _ desired: DesiredState, _ observed: ObservedState, _ ownership: Ownership,
        policy: DaemonSettings.ForeignPolicy = .keep, unregisters: Bool = true, isQuiet: Bool = true,
        suspended: [EntryName: RepairBudget.Suspension] = [:], masked: [Configuration.Masked] = []
    ) {
        var draft = PlanDraft(
            desired, observed, ownership, policy: policy, unregisters: unregisters, isQuiet: isQuiet,
            suspended: suspended)
        draft.decide()
        self.desired = desired
        items = draft.items(masked: masked)
        steps = draft.steps()
        hasDeferred = draft.hasDeferred
    }
}
