// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What a pass will do: made without a look at the host, so that showing it and doing it are the same plan.
package struct Plan: Sendable {
    /// A write, with the entry for whose sake it is made: once one of an entry's writes failed, the others are left out.
    package struct Step: Hashable, Sendable {
        package let subject: EntryName?
        package let write: KernelWrite
    }

    /// How one entry stands before the pass, and what will become of it; a class for the reason that ``DeclaredEntry``
    /// is one.
    package final class Item: Sendable {
        package let name: EntryName
        package let state: EntryState
        package let reason: String?
        package let declared: DeclaredEntry?
        package let desired: DesiredEntry?
        package let observed: ObservedEntry?
        /// Whether the entry in the kernel is ours.
        package let isOwned: Bool
        package let change: Change?

        init(
            name: EntryName, state: EntryState, reason: String?, declared: DeclaredEntry?, desired: DesiredEntry?,
            observed: ObservedEntry?, isOwned: Bool, change: Change?
        ) {
            self.name = name
            self.state = state
            self.reason = reason
            self.declared = declared
            self.desired = desired
            self.observed = observed
            self.isOwned = isOwned
            self.change = change
        }
    }

    /// The entries that should be in the kernel and are not left to others, the one that must be asked last first.
    package let wanted: [WantedEntry]
    /// The kernel's entries in matching order, then those that are not there.
    package let items: [Item]
    /// What is to be written, in this order.
    package let steps: [Step]
    /// Which of ``wanted`` it registers under their names.
    package let registers: [Bool]

    /// What is to be done, in the order of ``items``.
    package var changes: [Change] { items.compactMap(\.change) }

    /// Whether something has to wait until nobody else writes to the registry any more.
    package let hasDeferred: Bool

    /// Whether the registry as a whole is to be switched on.
    package var enablesRegistry: Bool { steps.contains { $0.write == .enableRegistry } }

    /// Whether the kernel is as it should be.
    package var isInSync: Bool { steps.isEmpty && !hasDeferred }

}
