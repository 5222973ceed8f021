// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What a pass will do. It is made without a look at the host, so that showing it and applying it are the same plan.
package struct Plan: Sendable {
    /// A write, and the entry for whose sake it is made: once a write of an entry has failed, its others are skipped.
    package struct Step: Hashable, Sendable {
        package let subject: EntryName?
        package let write: KernelWrite
    }

    /// How one entry stands before the pass, and what the pass does to it. Reference type; see docs/performance.md.
    package final class Item: Sendable {
        package let name: EntryName
        package let state: EntryState
        package let reason: EntryReason?
        package let declared: DeclaredEntry?
        package let desired: DesiredEntry?
        package let observed: ObservedEntry?
        /// Whether the entry in the kernel is ours.
        package let isOwned: Bool
        package let change: Change?

        /// Whether the entry in the kernel stays as it is until the new one can be registered.
        package var keepsOldEntry: Bool { state == .waiting && isOwned && observed != nil && change == nil }

        init(
            name: EntryName, state: EntryState, reason: EntryReason?, declared: DeclaredEntry? = nil,
            desired: DesiredEntry? = nil, observed: ObservedEntry? = nil, isOwned: Bool = false, change: Change? = nil
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

    /// An entry that should be in the kernel and does not yield to another one.
    package struct Wanted: Sendable {
        package let wanted: WantedEntry
        /// Whether the plan registers it under its name.
        package let isRegistered: Bool

        package var name: EntryName { wanted.name }
        package var entry: Entry { wanted.entry }
        package var desired: DesiredEntry { wanted.desired }
    }

    /// In the reverse of matching order: the entry that must be asked last comes first.
    package let wanted: [Wanted]
    /// The kernel's entries in matching order, then those that are not there.
    package let items: [Item]
    /// The writes, in order.
    package let steps: [Step]

    /// The changes, in the order of ``items``.
    package var changes: [Change] { items.compactMap(\.change) }

    /// Whether something has to wait until no other program writes to the registry any more.
    package let hasDeferred: Bool

    /// Whether entries that overlap are replaced together, so that a kernel which registers them disabled keeps the moment
    /// shorter in which a lower one takes an upper one's files.
    package let wouldStage: Bool

    /// The names that it unregisters, for good or to register them again.
    package var unregisteredNames: Set<EntryName> {
        Set(steps.lazy.compactMap { if case .unregister(let name) = $0.write { name } else { nil } })
    }

    /// Whether it switches the registry as a whole on.
    package var enablesRegistry: Bool { steps.contains { $0.write == .enableRegistry } }

    /// The interpreters that the kernel opens for its entries, to hold them.
    package var openedInterpreters: Set<HashedPath> {
        let opening = changes.filter { $0.kind != .unregister && $0.kind != .enable }.compactMap(\.after)
        return Set(opening.filter(\.holdsInterpreters).flatMap(\.namedInterpreters).map(HashedPath.init))
    }

    /// Whether the kernel is as it should be.
    package var isInSync: Bool { steps.isEmpty && !hasDeferred }
}
