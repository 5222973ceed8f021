// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Which entries of the kernel's table are ours, because we registered or adopted them. It is kept in a file that a
/// reboot removes, as it does the table.
package struct Ownership: Hashable, Sendable {
    package struct Record: Hashable, Sendable {
        /// The registration; nil from before the write until after it: then any entry of the name is ours.
        package var registration: RegistrationIdentity?
        /// The files that the kernel holds for the entry; nil if it holds none, or if that is not known.
        package var interpreter: HeldFiles?
        /// The file that declared it; nil for an offer of the built-in `[qemu]`.
        package var declaredIn: FilePath?

        package init(
            registration: RegistrationIdentity? = nil, interpreter: HeldFiles? = nil, declaredIn: FilePath? = nil
        ) {
            self.registration = registration
            self.interpreter = interpreter
            self.declaredIn = declaredIn
        }
    }

    package var records: [EntryName: Record]

    package init(records: [EntryName: Record] = [:]) { self.records = records }

    /// Whether an entry of the kernel is ours. Every stand-in is, because no other program makes one.
    package func owns(_ observed: ObservedEntry) -> Bool {
        observed.standInFor != nil || Claim(records[observed.name], on: observed).isOurs
    }

    /// The same without the files that the kernel holds for entries with one of these interpreters: other files were at
    /// the paths after the registration, so that it is not known which ones the kernel opened.
    package func doubting(_ interpreters: Set<HashedPath>, _ observed: ObservedState) -> Ownership {
        var doubting = self
        for found in observed.entries where records[found.name]?.interpreter != nil {
            let paths = found.understood?.namedInterpreters ?? []
            guard paths.contains(where: { interpreters.contains(HashedPath($0)) }) else { continue }
            doubting.records[found.name]?.interpreter = nil
        }
        return doubting
    }

    /// The files that the kernel holds for an entry; nil if it holds none, or if that is not known.
    package func heldFiles(of observed: ObservedEntry) -> HeldFiles? {
        let record = records[observed.name]
        return Claim(record, on: observed) == .recorded ? record?.interpreter : nil
    }
}
