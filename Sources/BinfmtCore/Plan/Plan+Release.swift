// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// A plan that takes what is ours out of the kernel, standIns included, and leaves everything else.
    ///
    /// - Parameter names: the entries to take out; nil for all.
    package init(releasing names: Set<EntryName>?, _ observed: ObservedState, _ ownership: Ownership) {
        let released = observed.entries.filter { found in
            ownership.owns(found) && names?.contains(found.standInFor ?? found.name) != false
        }
        items = released.map { found in
            let change = Change(
                kind: .unregister, name: found.name, cause: .released, before: found.understood, after: nil)
            return Item(
                name: found.name, state: .pending, reason: "\(change.cause)", declared: nil, desired: nil,
                observed: found, isOwned: true, change: change)
        }
        steps = released.map { Step(subject: $0.name, write: .unregister($0.name)) }
        wanted = []
        registers = []
        hasDeferred = false
    }
}
