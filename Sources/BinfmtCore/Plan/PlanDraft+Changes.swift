// SPDX-License-Identifier: Apache-2.0

/// What one entry needs by itself, whatever the order.
extension PlanDraft {
    /// The change that makes the kernel's entry as wanted; nil if it is so already, or must stay.
    func change(for wanted: WantedEntry) -> Change? {
        let record = wanted.record
        guard let found = wanted.found else {
            let cause: ChangeCause = wanted.standIn != nil ? .standInServed : record != nil ? .removed : .declared
            return Change(kind: .register, name: wanted.name, cause: cause, before: nil, after: wanted.entry)
        }
        func change(_ kind: Change.Kind, _ cause: ChangeCause) -> Change {
            Change(kind: kind, name: wanted.name, cause: cause, before: found.entry, after: wanted.entry)
        }
        // A broken file may still mean to declare what it declared before.
        if let file = record?.declaredIn, circumstances.isBroken(file),
            wanted.desired.declared.location?.file != file, wanted.claim.isOurs
        {
            return nil
        }
        let differences = differences(wanted, found)
        if !differences.isEmpty { return change(.replace, .differs(differences)) }
        if wanted.entry.holdsInterpreters, let files = wanted.desired.interpreterFiles {
            if wanted.claim == .superseded { return change(.replace, .reregistered) }
            guard wanted.claim == .recorded, let held = record?.interpreter else {
                return change(.replace, .unknownFile)
            }
            if !circumstances.isElsewhere, let place = held.firstDifference(from: files) {
                return change(.replace, .stale(wanted.entry.heldInterpreter(at: place)))
            }
        }
        if found.isEnabled { return nil }
        // Registered disabled by a pass that was interrupted: to enable it would put it at the head.
        let mayBeStaged = circumstances.hasStaging || wanted.entry.recognition.handler != nil
        return change(mayBeStaged && wanted.claim == .announced ? .replace : .enable, .disabled)
    }

    private func differences(_ wanted: WantedEntry, _ found: ObservedEntry) -> [EntryDifference] {
        if case .failure(let malformed) = found.status { return [.malformed(malformed)] }
        // What a later kernel prints beyond what we registered is no other program's doing.
        guard let entry = wanted.claim == .recorded ? found.understood : found.entry else {
            return [.unknownFeatures(found.unknownText ?? "")]
        }
        let desired = wanted.entry
        var differences: [EntryDifference] = []
        // Between a handler and an interpreter, the recognition differs, too.
        if let found = entry.namedInterpreter, let wanted = desired.namedInterpreter, found != wanted {
            differences.append(.interpreter(found, wanted: wanted))
        }
        if entry.flags != desired.flags { differences.append(.flags(entry.flags, wanted: desired.flags)) }
        if entry.recognition != desired.recognition {
            differences.append(.recognition(entry.recognition, wanted: desired.recognition))
        }
        return differences
    }

    /// Whether an entry of ours stays although it is withheld: an interpreter that is not there yet takes no working entry
    /// away.
    private func isKept(_ found: ObservedEntry, _ withheld: WithheldEntry) -> Bool {
        if withheld.isKept { return true }
        guard withheld.state == .waiting, let entry = found.entry else { return false }
        var gone = withheld.declared.interpreters
        // A handler needs all of its interpreters, and those of the old entry may all be there.
        if entry.recognition.handler != nil, case .interpreterMissing(let missing) = withheld.reason { gone = missing }
        return !entry.namedInterpreters.contains(where: gone.contains)
    }

    /// The removal of an entry that is not wanted; nil if it stays.
    func unregistration(of found: ObservedEntry) -> Change? {
        func change(_ cause: ChangeCause, for subject: EntryName? = nil) -> Change {
            Change(
                kind: .unregister, name: found.name, cause: cause, before: found.understood, after: nil,
                subject: subject)
        }
        if let real = found.standInFor {
            let rank = rank(of: real)
            let itself = observed[real]
            let isFree = rank == nil && !restored.contains { $0.name == real }
            let isNeeded = (withheld[real] ?? yielding[real]).map { isKept(found, $0) } == true
            // It may be all that serves an entry whose interpreter comes back, or that a broken file meant to declare.
            if isFree, itself == nil, isNeeded { return nil }
            let isOff = itself.map { !$0.isEnabled && ownership.owns($0) } ?? true
            if isFree, isOff, !circumstances.unregisters { return nil }
            let endsRepair = rank.map { slots[$0].wanted.hasUsableStandIn } ?? (yielding[real] != nil)
            return change(endsRepair ? .standInServed : .leftover, for: real)
        }
        if !ownership.owns(found) { return removesForeign ? change(.foreign) : nil }
        guard circumstances.unregisters else { return nil }
        if let withheld = withheld[found.name] ?? yielding[found.name] {
            // Not if the entry that takes its files could not be registered.
            return isKept(found, withheld) ? nil : change(.withheld(withheld.reason), for: withheld.taker)
        }
        let deselection = QemuTarget.named(byEntry: found.name).flatMap(circumstances.qemu.deselection)
        return change(deselection.map { .deselected($0) } ?? .undeclared)
    }
}
