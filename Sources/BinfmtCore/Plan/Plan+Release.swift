// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// A plan that unregisters what is ours, stand-ins included, and nothing else.
    ///
    /// - Parameter names: the entries to release; nil for all.
    package init(releasing names: Set<EntryName>?, _ observed: ObservedState, _ ownership: Ownership) {
        self.init(
            unregistering: observed.entries.filter { found in
                ownership.owns(found) && names?.contains(found.standInFor ?? found.name) != false
            }, areOwned: true)
    }

    /// A plan that unregisters these entries of other programs, and nothing else.
    package init(releasingForeign names: Set<EntryName>, _ observed: ObservedState, _ ownership: Ownership) {
        self.init(
            unregistering: observed.entries.filter { names.contains($0.name) && !ownership.owns($0) }, areOwned: false)
    }

    private init(unregistering released: [ObservedEntry], areOwned: Bool) {
        items = released.map { found in
            let change = Change(
                kind: .unregister, name: found.name, cause: .released, before: found.understood, after: nil)
            return Item(
                name: found.name, state: .pending, reason: .change(change.cause), observed: found, isOwned: areOwned,
                change: change)
        }
        steps = released.map { Step(subject: $0.name, write: .unregister($0.name)) }
        wanted = []
        hasDeferred = false
        wouldStage = false
    }
}
