// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The configuration, the kernel's table and what binfmtd would do about them, at one moment.
struct HostSnapshot {
    let configuration: Configuration
    let observed: ObservedState
    let plan: Plan
    /// The files that the kernel holds open for an entry; nil if it holds none, or if that was not recorded.
    let heldFiles: (EntryName) -> HeldFiles?
}

extension HostSnapshot {
    init(_ preview: Preview) {
        self.init(
            configuration: preview.configuration, observed: preview.observed, plan: preview.plan,
            heldFiles: preview.heldFiles)
    }
}
