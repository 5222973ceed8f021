// SPDX-License-Identifier: Apache-2.0

extension PlanDraft {
    /// A wanted entry, and what is done to it.
    struct Slot {
        let wanted: WantedEntry
        var change: Change?

        /// Whether it is registered under its name, for the first time or again.
        var isRegistered: Bool {
            switch change?.kind {
            case .register, .replace, .reorder: true
            case .serve, .restore, .enable, .unregister, nil: false
            }
        }
    }

    /// What an entry of the kernel is to the plan.
    enum Role {
        /// It has the name of the wanted entry of this rank.
        case wanted(rank: Int)
        /// No wanted entry has its name; the change removes it.
        case unwanted(Change?)

        var rank: Int? {
            if case .wanted(let rank) = self { rank } else { nil }
        }
    }
}
