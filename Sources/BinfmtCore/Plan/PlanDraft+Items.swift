// SPDX-License-Identifier: Apache-2.0

/// The preview: how each entry stands, and why.
extension PlanDraft {
    func items() -> [Plan.Item] {
        var items: [Plan.Item] = []
        items.reserveCapacity(observed.entries.count + slots.count)
        for (place, found) in observed.entries.enumerated() {
            let slot = roles[place].rank.map { slots[$0] }
            let withheld = slot == nil ? withheld[found.name] ?? yielding[found.name] : nil
            items.append(
                item(
                    found.name, found, slot?.wanted.desired, withheld, change(at: place),
                    isOwned: slot?.wanted.claim.isOurs ?? ownership.owns(found)))
        }
        for slot in slots.reversed() where slot.wanted.found == nil {
            items.append(item(slot.wanted.name, nil, slot.wanted.desired, nil, slot.change, isOwned: false))
        }
        return items + missing + restorations + maskedOffers
    }

    /// What is declared, must not be in the kernel, and is not there.
    private var missing: [Plan.Item] {
        let restored = Set(restored.map(\.name))
        func item(_ withheld: WithheldEntry, _ desired: DesiredEntry?) -> Plan.Item? {
            let name = withheld.declared.name
            guard observed[name] == nil, !restored.contains(name) else { return nil }
            return self.item(name, nil, desired, withheld, nil, isOwned: false)
        }
        return desired.withheld.compactMap { item($0, nil) }
            + desired.entries.compactMap { entry in yielding[entry.entry.name].flatMap { item($0, entry) } }
    }

    private var restorations: [Plan.Item] {
        restored.map { entry in
            let change = Change(kind: .restore, name: entry.name, cause: .flushed, before: nil, after: entry)
            return Plan.Item(name: entry.name, state: .foreign, reason: .change(change.cause), change: change)
        }
    }

    private var maskedOffers: [Plan.Item] {
        circumstances.masked.filter { observed[$0.name] == nil }.map { masked in
            Plan.Item(name: masked.name, state: .masked, reason: .masked(by: masked.mask.file))
        }
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
    ) -> (EntryState, EntryReason?) {
        if let withheld {
            // Another program's entry of the name is asked all the same.
            if let found, !isOwned, withheld.state == .disabled || withheld.state == .refused {
                let state = withheld.state == .disabled ? EntryState.foreign : withheld.state
                let interpreter = found.understood?.namedInterpreter
                return (state, .besideForeign(withheld.reason, found.name, interpreter: interpreter))
            }
            return (withheld.state, .withheld(withheld.reason))
        }
        if let change {
            if let failure = circumstances.failures[change.name] { return (.failed, .failed(failure)) }
            if case .stale = change.cause { return (.stale, .change(change.cause)) }
            return (.pending, .change(change.cause))
        }
        if let desired {
            let caveats = desired.caveats
            return (.active, caveats.first.map { .caveats($0, Array(caveats.dropFirst())) })
        }
        if isOwned { return (.active, .held(circumstances.unregisterHold)) }
        return (.foreign, found?.unknownText.map(EntryReason.unknownFeatures))
    }
}
