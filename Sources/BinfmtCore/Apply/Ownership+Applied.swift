// SPDX-License-Identifier: Apache-2.0

extension Ownership {
    /// What will be ours once a plan is carried out: written before the first write, so that a crash between a write
    /// and the record of it leaves nothing that nobody owns.
    package func announcing(_ plan: Plan) -> Ownership {
        var announced = self
        announced.records.reserveCapacity(max(records.count, plan.wanted.count))
        for (wanted, isRegistered) in zip(plan.wanted, plan.registers) where isRegistered {
            announced.records[wanted.name] = Record(declaredIn: wanted.record?.declaredIn)
        }
        return announced
    }

    /// What is ours after a pass. To be asked of the ownership that the plan was made with, before it was announced.
    ///
    /// - Parameters:
    ///   - plan: what was to be done.
    ///   - after: the table now, whatever of the plan was done and whatever others did meanwhile; what the plan was made
    ///     with, if it had nothing to do.
    package func recorded(after plan: Plan, _ after: ObservedState) -> Ownership {
        var settled = self
        if records.isEmpty { settled.records.reserveCapacity(plan.wanted.count) }
        var unsettled: [EntryName] = []
        var others = records.count
        for (wanted, isPlanned) in zip(plan.wanted, plan.registers) {
            if wanted.record != nil { others -= 1 }
            let found = plan.steps.isEmpty ? wanted.found : after[wanted.name]
            if let record = found.flatMap({ Self.record(of: wanted, $0, isPlanned: isPlanned) }) {
                if record != wanted.record { settled.records[wanted.name] = record }
            } else if let record = wanted.record {
                // What somebody else took away is ours until it is back under its name: who takes its standIn, too, is told
                // of as well.
                let isTaken = wanted.found == nil && found == nil && record.registration != nil
                if !isTaken { unsettled.append(wanted.name) }
            }
        }
        if others > 0 { unsettled += Set(records.keys).subtracting(plan.wanted.map(\.name)) }
        // What we would have changed but could not, or did not because some file is broken, is still ours.
        var gone: Set<EntryName> = []
        for name in unsettled {
            if let found = after[name], owns(found) {
                settled.records[name]?.registration = found.registration
            } else {
                gone.insert(name)
            }
        }
        // A table made anew; the old one would keep its size.
        if !gone.isEmpty { settled.records = settled.records.filter { !gone.contains($0.key) } }
        return settled
    }

    /// The record of an entry that is as it should be; nil of another one.
    private static func record(of wanted: WantedEntry, _ found: ObservedEntry, isPlanned: Bool) -> Record? {
        // Only what the plan registered can hold the file that was looked up before it.
        let isNew = isPlanned && wanted.found?.registration != found.registration
        let record = isNew ? nil : wanted.record
        let isRecorded = record?.registration == found.registration
        let isOurs = isNew || record?.owns(found) == true
        guard (isOurs ? found.understood : found.entry) == wanted.entry else { return nil }
        let held = isNew ? wanted.desired.interpreterFile : isRecorded ? record?.interpreter : nil
        return Record(
            registration: found.registration, interpreter: wanted.entry.flags.contains(.fixBinary) ? held : nil,
            declaredIn: wanted.desired.declared.location?.file)
    }
}
