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

        /// Whether an entry of the name is the one that this is about.
        func owns(_ observed: ObservedEntry) -> Bool {
            registration == nil || registration == observed.registration
        }
    }

    package var records: [EntryName: Record]

    package init(records: [EntryName: Record] = [:]) { self.records = records }

    /// Whether an entry is the one that we registered under its name, or a standIn, which nobody else makes.
    package func owns(_ observed: ObservedEntry) -> Bool {
        if observed.standInFor != nil { return true }
        return records[observed.name]?.owns(observed) == true
    }
}
