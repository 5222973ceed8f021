// SPDX-License-Identifier: Apache-2.0

/// How each entry stands, for a person.
extension PlanDraft {
    func items() -> [Plan.Item] {
        let all = Dictionary(desired.entries.map { ($0.entry.name, $0) }, uniquingKeysWith: { $1 })
        let putBack = Set(restored.map(\.name))
        var items = observed.entries.map { found in
            item(
                found.name, found, rank[found.name].map { wanted[$0] }, withheld[found.name] ?? leftToOthers[found.name]
            )
        }
        items += wanted.reversed().filter { present[$0.entry.name] == nil }.map { item($0.entry.name, nil, $0, nil) }
        items += (desired.withheld + desired.entries.compactMap { leftToOthers[$0.entry.name] })
            .filter { present[$0.declared.name] == nil && !putBack.contains($0.declared.name) }
            .map { item($0.declared.name, nil, all[$0.declared.name], $0) }
        items += restored.map { entry in
            let change = Change(kind: .restore, name: entry.name, cause: .flushed, before: nil, after: entry)
            return Plan.Item(
                name: entry.name, state: .foreign, reason: "\(change.cause)", declared: nil, desired: nil,
                observed: nil, isOwned: false, change: change)
        }
        items += circumstances.masked.filter { present[$0.name] == nil }.map { mask in
            Plan.Item(
                name: mask.name, state: .masked, reason: "hidden by \(mask.mask.file)", declared: nil, desired: nil,
                observed: nil, isOwned: false, change: nil)
        }
        return items
    }

    private func item(
        _ name: EntryName, _ found: ObservedEntry?, _ desired: DesiredEntry?, _ withheld: WithheldEntry?
    ) -> Plan.Item {
        let change = changes[name]
        let isOwned = found.map(ownership.owns) ?? false
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
