// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// A change of the table by a program that keeps no state: it records nothing as its own, and leaves every other entry
/// alone.
package struct SinglePass {
    package let outcomes: [Outcome]
    /// The table afterwards.
    package let after: ObservedState

    /// Registers entries, and replaces those that have their names, without a gap.
    ///
    /// - Parameter registry: one that is locked.
    package init(registering desired: DesiredState, in registry: KernelRegistry) throws(RegistryUnavailable) {
        self = try Self.carryOut(Plan(desired, registry.observe(), Ownership()), in: registry)
    }

    /// Unregisters the entries of these names.
    ///
    /// - Parameter registry: one that is locked.
    package init(
        unregistering names: Set<EntryName>, in registry: KernelRegistry
    ) throws(RegistryUnavailable) {
        self = try Self.carryOut(Plan(releasingForeign: names, registry.observe(), Ownership()), in: registry)
    }

    private init(outcomes: [Outcome], after: ObservedState) {
        self.outcomes = outcomes
        self.after = after
    }

    private static func carryOut(
        _ plan: Plan, in registry: KernelRegistry
    ) throws(RegistryUnavailable) -> SinglePass {
        let applied = PlanApplication(plan, in: registry)
        return SinglePass(outcomes: applied.outcomes, after: try registry.observe())
    }
}
