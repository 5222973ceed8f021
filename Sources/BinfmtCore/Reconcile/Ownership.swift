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
        if observed.name.shadowed != nil { return true }
        guard let record = records[observed.name] else { return false }
        return record.registration == nil || record.registration == observed.registration
    }
}

extension Ownership {
    /// What will be ours once a plan is carried out: written before the first write, so that a crash between a write
    /// and the record of it leaves nothing that nobody owns.
    package func announcing(_ plan: Plan) -> Ownership {
        var announced = self
        for step in plan.steps {
            guard case .register(let name, _) = step.write, name.shadowed == nil else { continue }
            announced.records[name] = Record(declaredIn: announced.records[name]?.declaredIn)
        }
        return announced
    }

    /// What is ours after a pass.
    ///
    /// - Parameters:
    ///   - plan: what was carried out.
    ///   - observed: the table afterwards.
    package func settled(after plan: Plan, _ observed: ObservedState) -> Ownership {
        let registered = plan.registeredNames
        let present = Dictionary(observed.entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var settled = Ownership()
        for desired in plan.desired.wanted {
            let name = desired.entry.name
            guard let found = present[name], found.entry == desired.entry else { continue }
            let isFixed = desired.entry.flags.contains(.fixBinary)
            let held = registered.contains(name) ? desired.interpreterFile : records[name]?.interpreter
            settled.records[name] = Record(
                registration: found.registration, interpreter: isFixed ? held : nil,
                declaredIn: desired.declared.location?.file)
        }
        // What we would have changed but could not, or did not because some file is broken, is still ours.
        for (name, record) in records where settled.records[name] == nil {
            if let found = present[name], owns(found) { settled.records[name] = record }
        }
        return settled
    }
}
