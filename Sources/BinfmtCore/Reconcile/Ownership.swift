// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TOML

/// Which entries of the kernel's table are ours, because we registered or adopted them. Kept in a file that goes with
/// the table at a reboot.
package struct Ownership: Hashable, Sendable {
    package struct Record: Hashable, Sendable {
        /// Which registration it is; nil while it is being made: then whatever has the name is ours.
        package var registration: RegistrationIdentity?
        /// The file that the kernel holds for an entry with `F`.
        package var interpreter: FileIdentity?
        /// The file that declared it; nil for what the built-in `[qemu]` offers.
        package var declaredIn: FilePath?

        package init(
            registration: RegistrationIdentity? = nil, interpreter: FileIdentity? = nil, declaredIn: FilePath? = nil
        ) {
            self.registration = registration
            self.interpreter = interpreter
            self.declaredIn = declaredIn
        }
    }

    package var records: [EntryName: Record]

    package init(records: [EntryName: Record] = [:]) { self.records = records }

    /// Whether an entry is the one that we registered under its name, or a shadow, which nobody else makes.
    package func owns(_ observed: ObservedEntry) -> Bool {
        if observed.shadowed != nil { return true }
        guard let record = records[observed.name] else { return false }
        return record.registration == nil || record.registration == observed.registration
    }
}

extension Ownership {
    /// What will be ours once a plan is carried out: written before the first write, so that a crash between a write
    /// and the record of it leaves nothing that nobody owns.
    package func announcing(_ plan: Plan) -> Ownership {
        var announced = self
        for name in plan.registeredNames {
            announced.records[name] = Record(declaredIn: announced.records[name]?.declaredIn)
        }
        return announced
    }

    /// What is ours after a pass. To be asked of the ownership before it was announced.
    ///
    /// - Parameters:
    ///   - plan: what was to be done.
    ///   - before: the table as the plan found it.
    ///   - after: the table now, whatever of the plan was done and whatever others did meanwhile.
    package func settled(after plan: Plan, from before: ObservedState, to after: ObservedState) -> Ownership {
        let planned = plan.registeredNames
        var settled = Ownership()
        settled.records.reserveCapacity(plan.wanted.count)
        for desired in plan.wanted {
            let name = desired.entry.name
            guard let found = after.byName[name] else { continue }
            // Only what the plan registered can hold the file that was looked up before it.
            let isNew = planned.contains(name) && before.byName[name]?.registration != found.registration
            let record = isNew ? nil : records[name]
            let isRecorded = record?.registration == found.registration
            let isOurs = isNew || record.map { $0.registration == nil || isRecorded } ?? false
            guard (isOurs ? found.understood : found.entry) == desired.entry else { continue }
            let held = isNew ? desired.interpreterFile : isRecorded ? record?.interpreter : nil
            let isFixed = desired.entry.flags.contains(.fixBinary)
            settled.records[name] = Record(
                registration: found.registration, interpreter: isFixed ? held : nil,
                declaredIn: desired.declared.location?.file)
        }
        // What we would have changed but could not, or did not because some file is broken, is still ours.
        for (name, record) in records where settled.records[name] == nil {
            guard let found = after.byName[name], owns(found) else { continue }
            settled.records[name] = record
            settled.records[name]?.registration = found.registration
        }
        return settled
    }
}
