// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The plan that a pass would carry out, with its inputs.
package struct Preview {
    package let configuration: Configuration
    package let observed: ObservedState
    package let desired: DesiredState
    package let plan: Plan
    let ownership: Ownership

    /// The files that the kernel holds open for an entry, if they are recorded.
    package func heldFiles(of name: EntryName) -> HeldFiles? {
        observed[name].flatMap(ownership.heldFiles)
    }
}
