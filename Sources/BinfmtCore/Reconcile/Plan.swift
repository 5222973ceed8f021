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

extension Plan {
    /// What bears on a plan besides what should be and what is.
    package struct Circumstances: Sendable {
        /// What becomes of entries that are neither declared nor ours.
        package var policy = DaemonSettings.ForeignPolicy.keep
        /// Configuration files, or folders of them, that are broken: what they meant to declare is not known.
        package var broken: Set<FilePath> = []
        /// A file has just gone, as when an editor is about to write it anew.
        package var isFileMissing = false
        /// False while others write to the registry: then patterns are served, and names are left alone.
        package var isQuiet = true
        /// Entries that are given up for a while, and why.
        package var suspended: [EntryName: String] = [:]
        /// What the kernel refused the last time, and why.
        package var failures: [EntryName: String] = [:]
        /// Entries that are not ours and that a flush took, to be put back, the oldest first.
        package var lost: [Entry] = []
        /// Offers that a masked file hides.
        package var masked: [Configuration.Masked] = []

        package init() {}

        /// Whether what is ours may be taken out.
        var unregisters: Bool { broken.isEmpty && !isFileMissing }

        /// Why not, for a person.
        var hold: String? {
            if !broken.isEmpty { return "a configuration file is broken" }
            return isFileMissing ? "a file that has just gone may come back" : nil
        }

        /// Whether a file, or a folder that it is in, is broken.
        func isBroken(_ file: FilePath) -> Bool { broken.contains { file.starts(with: $0) } }
    }

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
        wanted = draft.wanted
        items = draft.items()
        steps = draft.steps()
        registers = draft.registers
        hasDeferred = draft.hasDeferred
    }
}
