// SPDX-License-Identifier: Apache-2.0

/// How each entry stands, for a person.
extension PlanDraft {
    func items() -> [Plan.Item] {
        let putBack = Set(restored.map(\.name))
        var items: [Plan.Item] = []
        items.reserveCapacity(observed.entries.count + wanted.count)
        for (place, found) in observed.entries.enumerated() {
            let desired: DesiredEntry? = if let rank = ranks[place] { wanted[rank].desired } else { nil }
            let withheld = desired == nil ? withheld[found.name] ?? leftToOthers[found.name] : nil
            items.append(
                item(found.name, found, desired, withheld, change(at: place), isOwned: isOwned(at: place)))
        }
        for (entry, change) in zip(wanted, changes).reversed() where entry.found == nil {
            items.append(item(entry.name, nil, entry.desired, nil, change, isOwned: false))
        }
        func addMissing(_ withheld: WithheldEntry, _ desired: DesiredEntry?) {
            let name = withheld.declared.name
            guard observed[name] == nil, !putBack.contains(name) else { return }
            items.append(item(name, nil, desired, withheld, nil, isOwned: false))
        }
        for withheld in desired.withheld { addMissing(withheld, nil) }
        for entry in desired.entries {
            if let left = leftToOthers[entry.entry.name] { addMissing(left, entry) }
        }
        items += restored.map { entry in
            let change = Change(kind: .restore, name: entry.name, cause: .flushed, before: nil, after: entry)
            return Plan.Item(
                name: entry.name, state: .foreign, reason: "\(change.cause)", declared: nil, desired: nil,
                observed: nil, isOwned: false, change: change)
        }
        items += circumstances.masked.filter { observed[$0.name] == nil }.map { mask in
            Plan.Item(
                name: mask.name, state: .masked, reason: "hidden by \(mask.mask.file)", declared: nil, desired: nil,
                observed: nil, isOwned: false, change: nil)
        }
        return items
    }

    private func item(
        _ name: EntryName, _ found: ObservedEntry?, _ desired: DesiredEntry?, _ withheld: WithheldEntry?,
        _ change: Change?, isOwned: Bool
    ) -> Plan.Item {
        let (state, reason) = standing(found, desired, withheld, change, isOwned: isOwned)
        return Plan.Item(
            name: name, state: state, reason: reason, declared: desired?.declared ?? withheld?.declared,
            desired: desired, observed: found, isOwned: isOwned, change: change)
    }

    private func standing(
        _ found: ObservedEntry?, _ desired: DesiredEntry?, _ withheld: WithheldEntry?, _ change: Change?, isOwned: Bool
    ) -> (EntryState, String?) {
        if let withheld { return (withheld.state, withheld.reason) }
        if let change {
            if let failure = circumstances.failures[change.name] { return (.failed, failure) }
            if case .stale = change.cause { return (.stale, "\(change.cause)") }
            return (.pending, "\(change.cause)")
        }
        if let desired { return (.active, desired.caveat) }
        if isOwned { return (.active, "no longer declared, kept while \(circumstances.hold ?? "others write")") }
        return (.foreign, found?.unknownText.map { "the kernel says more of it than binfmtd knows: \($0)" })
    }
}
