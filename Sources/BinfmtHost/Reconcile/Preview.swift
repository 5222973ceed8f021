// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// What a pass would do, and what it would do that for.
package struct Preview {
    package let configuration: Configuration
    package let observed: ObservedState
    package let desired: DesiredState
    package let plan: Plan
    let ownership: Ownership

    /// The file that the kernel holds for an entry with `F`, as far as it was recorded.
    package func heldFile(of name: EntryName) -> FileIdentity? {
        guard let found = observed[name], let record = ownership.records[name],
            record.registration == found.registration
        else { return nil }
        return record.interpreter
    }
}
