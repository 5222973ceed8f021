// SPDX-License-Identifier: Apache-2.0

extension Ownership {
    /// The ownership to write down before a plan is applied, so that a crash between a write and its record leaves no
    /// entry of ours that looks foreign.
    package func announcing(_ plan: Plan) -> Ownership {
        var announced = self
        announced.records.reserveCapacity(max(records.count, plan.wanted.count))
        for wanted in plan.wanted where wanted.isRegistered {
            announced.records[wanted.name] = Record(declaredIn: wanted.wanted.record?.declaredIn)
        }
        return announced
    }

    /// The ownership after a pass. Call it on the ownership that the plan was made with, not on the announced one.
    ///
    /// - Parameters:
    ///   - plan: the plan that was applied, perhaps in part.
    ///   - after: the table now; the one that the plan was made with, if it had no writes.
    package func recorded(after plan: Plan, _ after: ObservedState) -> Ownership {
        var result = self
        if records.isEmpty { result.records.reserveCapacity(plan.wanted.count) }
        var unconfirmed: [EntryName] = []
        var others = records.count
        let unregistered = plan.unregisteredNames
        for planned in plan.wanted {
            let wanted = planned.wanted
            if wanted.record != nil { others -= 1 }
            let found = plan.steps.isEmpty ? wanted.found : after[wanted.name]
            if let record = found.flatMap({ Self.record(of: planned, $0) }) {
                if record != wanted.record { result.records[wanted.name] = record }
            } else if let record = wanted.record {
                // An entry that another program removed, before the plan or during it, stays recorded until it is
                // registered again: the next pass repairs it, and a program that removes its stand-in, too, is noticed.
                let isTaken = found == nil && record.registration != nil && !unregistered.contains(wanted.name)
                if !isTaken { unconfirmed.append(wanted.name) }
            }
        }
        if others > 0 { unconfirmed += Set(records.keys).subtracting(plan.wanted.map(\.name)) }
        // An entry that we could not change, or did not because a file is broken, is still ours.
        var gone: Set<EntryName> = []
        for name in unconfirmed {
            if let found = after[name], owns(found) {
                result.records[name]?.registration = found.registration
            } else {
                gone.insert(name)
            }
        }
        // A new dictionary, because the old one would keep its capacity.
        if !gone.isEmpty { result.records = result.records.filter { !gone.contains($0.key) } }
        return result
    }

    /// The record of an entry that is as planned; nil for any other entry.
    private static func record(of planned: Plan.Wanted, _ found: ObservedEntry) -> Record? {
        let wanted = planned.wanted
        // Only an entry registered by this plan is known to hold the interpreter file found before it.
        let isNew = planned.isRegistered && wanted.found?.registration != found.registration
        let claim = Claim(isNew ? nil : wanted.record, on: found)
        guard (isNew || claim.isOurs ? found.understood : found.entry) == wanted.entry else { return nil }
        // Its first `1` was refused, so that it has no place in the matching order yet: the next plan registers it again.
        if isNew, !found.isEnabled, wanted.entry.recognition.handler != nil {
            return Record(declaredIn: wanted.desired.declared.location?.file)
        }
        let held = isNew ? wanted.desired.interpreterFiles : claim == .recorded ? wanted.record?.interpreter : nil
        return Record(
            registration: found.registration, interpreter: wanted.entry.holdsInterpreters ? held : nil,
            declaredIn: wanted.desired.declared.location?.file)
    }
}
